namespace IotAttest.Conformance;

/// <summary>A module and what its checks found.</summary>
public sealed record ModuleResult(string Id, string Title, IReadOnlyList<CheckResult> Checks);
