namespace IotAttest.Domain.Corim.Documents;

/// <summary>One step of a series.</summary>
public sealed record SeriesEntry(IReadOnlyList<Measurement> Selection, IReadOnlyList<Measurement> Addition);
