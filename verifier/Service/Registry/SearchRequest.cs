namespace IotAttest.Service.Registry;

/// <summary>What <c>GET /v1/search</c> can be asked. <c>q</c> is anything printed on the thing: model, certificate id, version, holder, a digest, or the address
/// in its QR code. <c>status</c> is the one at the moment <c>at</c>; <c>jurisdiction</c> is the scheme's own.</summary>
internal sealed record SearchRequest(
    string? Q, string? Scheme, string? Level, string? Status, string? Category, string? Holder, string? Jurisdiction, string? At, string? Limit, string? Cursor);
