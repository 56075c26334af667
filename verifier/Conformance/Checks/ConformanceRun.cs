namespace IotAttest.Conformance;

/// <summary>Runs modules against a subject and reports what was found.</summary>
public static class ConformanceRun
{
    /// <summary>Runs every check of the modules, in the suite's order whatever the order of <paramref name="modules"/>.</summary>
    /// <param name="subject">What is tested.</param>
    /// <param name="modules">Which modules; each once.</param>
    /// <param name="toolVersion">For the report.</param>
    /// <param name="progress">Hears of each result; may be null.</param>
    /// <param name="cancellation">Ends the run without a report.</param>
    /// <exception cref="BoardLinkException">The way to the board broke.</exception>
    public static async Task<ConformanceReport> RunAsync(
        ConformanceSubject subject, IEnumerable<ConformanceModule> modules, string toolVersion, Action<CheckResult>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(subject);
        DateTimeOffset start = subject.Clock.GetUtcNow();
        CheckContext context = new(subject);
        List<ModuleResult> results = [];
        foreach (ConformanceModule module in modules.Distinct().OrderBy(module => ConformanceSuite.Modules.ToList().IndexOf(module)))
        {
            List<CheckResult> checks = [];
            foreach (ConformanceCheck check in module.Checks)
            {
                CheckResult result = new(check.Id, check.Title, check.Requirements, await RunAsync(check, context, cancellation));
                checks.Add(result);
                progress?.Invoke(result);
            }

            results.Add(new ModuleResult(module.Id, module.Title, checks));
        }

        return new ConformanceReport(toolVersion, ReportTarget.Of(subject), start, subject.Clock.GetUtcNow(), results);
    }

    private static async Task<Finding> RunAsync(ConformanceCheck check, CheckContext context, CancellationToken cancellation)
    {
        Needs missing = check.Needs & ~context.Available;
        return missing == Needs.None
            ? await check.RunAsync(context, cancellation)
            : Finding.NotApplicable($"not given: {string.Join(", ", Words(missing))}", check.Title);
    }

    private static IEnumerable<string> Words(Needs missing) => Enum.GetValues<Needs>().Where(need => need != Needs.None && missing.HasFlag(need)).Select(need => need switch
    {
        Needs.Evidence => "evidence",
        Needs.Board => "a board that can be asked",
        Needs.Device => "the board's enrolment record",
        Needs.Manifest => "the manifest of the build, in a form that can be read",
        Needs.Newer => "the manifest of a newer build",
        Needs.Older => "the manifest of an older build",
        _ => "the manifest of the build",
    });
}
