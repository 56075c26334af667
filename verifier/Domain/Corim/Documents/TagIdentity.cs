namespace IotAttest.Domain.Corim.Documents;

/// <summary>Id and version of a tag; version 0 when absent.</summary>
public sealed record TagIdentity(string TagId, ulong TagVersion);
