namespace IotAttest.Conformance;

/// <summary>What a run found.</summary>
/// <param name="ToolVersion">Version of the tool that ran.</param>
/// <param name="Target">What was tested.</param>
/// <param name="StartedAt">Start of the run.</param>
/// <param name="EndedAt">End of the run.</param>
/// <param name="Modules">In the order in which they ran.</param>
public sealed record ConformanceReport(string ToolVersion, ReportTarget Target, DateTimeOffset StartedAt, DateTimeOffset EndedAt, IReadOnlyList<ModuleResult> Modules)
{
    /// <summary>Name and version of the format.</summary>
    public const string Format = "iotattest-conformance-report/1";

    /// <summary>Longest report in bytes.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>All checks in order.</summary>
    public IEnumerable<CheckResult> Checks => Modules.SelectMany(module => module.Checks);

    /// <summary>How many checks ended so.</summary>
    public int Count(CheckOutcome outcome) => Checks.Count(check => check.Finding.Outcome == outcome);
}
