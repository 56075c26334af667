namespace IotAttest.Domain.Corim.Documents;

/// <summary>A range of integers, ends included; null is open.</summary>
public sealed record IntegerRange(long? Minimum, long? Maximum);
