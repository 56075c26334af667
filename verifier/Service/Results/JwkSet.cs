namespace IotAttest.Service.Results;

/// <summary>A JWK set (RFC 7517 section 5).</summary>
internal sealed record JwkSet(IReadOnlyList<Jwk> Keys);
