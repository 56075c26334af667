namespace IotAttest.Domain.Corim.Documents;

/// <summary>An environment and the tag ids of its CoSWIDs (RFC 9393).</summary>
public sealed record CoswidRecord(CorimEnvironment Environment, IReadOnlyList<string> TagIds);
