namespace IotAttest.Service.Builds;

/// <summary>What <c>GET /v1/builds</c> can be asked. <c>digest</c> finds by a component or a manifest; <c>component</c> with <c>below</c> and
/// <c>status</c> asks the bills of materials; else <c>class</c> and <c>manufacturer</c> filter the list.</summary>
internal sealed record BuildQuery(
    string? Class, string? Manufacturer, string? Digest, string? Component, string? Below, string? Status, string? Limit, string? Cursor);
