namespace IotAttest.Domain.Corim.Documents;

/// <summary>A conditional endorsement: when all conditions hold, the endorsements do.</summary>
public sealed record ConditionalRecord(IReadOnlyList<EnvironmentRecord> Conditions, IReadOnlyList<EnvironmentRecord> Endorsements);
