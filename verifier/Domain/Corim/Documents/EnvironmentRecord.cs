namespace IotAttest.Domain.Corim.Documents;

/// <summary>An environment and what is measured or endorsed there.</summary>
public sealed record EnvironmentRecord(CorimEnvironment Environment, IReadOnlyList<Measurement> Measurements);
