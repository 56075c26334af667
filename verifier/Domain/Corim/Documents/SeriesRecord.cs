namespace IotAttest.Domain.Corim.Documents;

/// <summary>A conditional endorsement series: under one condition, the first entry whose selection fits adds its values.</summary>
/// <param name="Environment">The environment of the condition.</param>
/// <param name="Claims">What must be measured there; may be empty.</param>
/// <param name="AuthorizedBy">Who may say so; empty when nobody is named.</param>
/// <param name="Entries">The series in its order.</param>
public sealed record SeriesRecord(
    CorimEnvironment Environment, IReadOnlyList<Measurement> Claims, IReadOnlyList<CorimValue> AuthorizedBy, IReadOnlyList<SeriesEntry> Entries);
