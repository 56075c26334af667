namespace IotAttest.Domain.Corim.Documents;

/// <summary>An environment and its keys.</summary>
/// <param name="Environment">The environment.</param>
/// <param name="Keys">One key or more.</param>
/// <param name="MeasurementKey">Condition: the mkey that the keys belong to, or null.</param>
/// <param name="AuthorizedBy">Condition: who may say so; empty when nobody is named.</param>
public sealed record KeyRecord(
    CorimEnvironment Environment, IReadOnlyList<CorimValue> Keys, CorimValue? MeasurementKey, IReadOnlyList<CorimValue> AuthorizedBy);
