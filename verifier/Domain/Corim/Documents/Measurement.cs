namespace IotAttest.Domain.Corim.Documents;

/// <summary>measurement-map.</summary>
/// <param name="Key">mkey: <c>oid</c>, <c>uuid</c>, <c>uint</c> or <c>text</c>; null when absent.</param>
/// <param name="Values">mval.</param>
/// <param name="AuthorizedBy">Keys of those who may say so; empty when nobody is named.</param>
public sealed record Measurement(CorimValue? Key, MeasurementValues Values, IReadOnlyList<CorimValue> AuthorizedBy);
