namespace IotAttest.Conformance;

/// <summary>A check and what it found.</summary>
public sealed record CheckResult(string Id, string Title, IReadOnlyList<Requirement> Requirements, Finding Finding);
