namespace IotAttest.Service.Evidence;

/// <summary>How evidence came in.</summary>
/// <param name="AuthenticatedUeid">The board whose connection carried it, or null when the transport authenticated nobody (HTTP).</param>
/// <param name="Address">The network address it came from: refusals of strangers are counted there.</param>
internal sealed record EvidenceOrigin(string? AuthenticatedUeid, string Address);
