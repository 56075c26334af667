namespace IotAttest.Domain.Transparency;

/// <summary>One thing that is wrong with a log.</summary>
/// <param name="Sequence">The entry; null when it cannot be told which one.</param>
/// <param name="Seen">What is there.</param>
/// <param name="Expected">What should be.</param>
public sealed record LogFinding(long? Sequence, string Seen, string Expected);
