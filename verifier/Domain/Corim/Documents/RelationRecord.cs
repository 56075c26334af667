namespace IotAttest.Domain.Corim.Documents;

/// <summary>An environment and those that it trusts, or that are its members.</summary>
public sealed record RelationRecord(CorimEnvironment Subject, IReadOnlyList<CorimEnvironment> Objects);
