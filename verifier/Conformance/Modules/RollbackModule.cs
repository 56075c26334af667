using IotAttest.Domain.Appraisal;
using static IotAttest.Conformance.Requirements;

namespace IotAttest.Conformance;

/// <summary>An older build, put back by whomever, does not pass for the present one.</summary>
internal static class RollbackModule
{
    private const Needs Needed = Needs.Board | Needs.Device | Needs.Manifest | Needs.Older;
    private const string NotStarted = "no evidence after the older build was flashed: the board may have refused to start it, which is seen at the board";

    public static ConformanceModule Create() => new("rollback", "Rollback",
    [
        ConformanceCheck.Of("rollback.manifest", "The older build has a lower security version, so that it can be refused.", [UpdateVerified, SoftwareUpdate], Needs.Manifest | Needs.Older, Manifest),
        new("rollback.seen", "Evidence names the older build while it runs.", [UpdateVerified, ChangeDetected, SoftwareUpdate, CraIntegrity], Needed, SeenAsync),
        new("rollback.counters", "The count of starts is not rolled back with the firmware.", [IdentityResists], Needed, CountersAsync),
        new("rollback.verdict", "A verifier with a minimum security version calls it Rollback.", [UpdateVerified, UpdateTrust, SoftwareUpdate, CraUpdates], Needed, VerdictAsync),
    ]);

    private static Finding Manifest(CheckContext context) => Finding.Of(
        context.Older.ClassId == context.Manifest.ClassId && context.Older.SecurityVersion < context.Manifest.SecurityVersion,
        $"security version {context.Older.SecurityVersion} of build {context.Older.Version}, class {context.Older.ClassId:D}",
        $"a security version below {context.Manifest.SecurityVersion}, class {context.Manifest.ClassId:D}");

    private static async Task<Finding> SeenAsync(CheckContext context, CancellationToken cancellation)
    {
        string expected = $"the digests of build {context.Older.Version}";
        return Obstacle(await DrillAsync(context, cancellation), expected, out BuildDrill drill) ?? UpdateModule.JudgeBuild(drill, ManifestFile.ToSet(context.Older), expected);
    }

    private static async Task<Finding> CountersAsync(CheckContext context, CancellationToken cancellation)
    {
        const string Expected = "a higher count of starts with another seed";
        return Obstacle(await DrillAsync(context, cancellation), Expected, out BuildDrill drill) ?? drill.JudgeCounters(Expected);
    }

    private static async Task<Finding> VerdictAsync(CheckContext context, CancellationToken cancellation)
    {
        string expected = $"Rollback, as the class accepts security version {context.Manifest.SecurityVersion} and higher";
        return Obstacle(await DrillAsync(context, cancellation), expected, out BuildDrill drill)
            ?? Finding.Of(drill.Answer is { Refusal: null } answer && answer.Verdict.Drift.HasFlag(Drift.Rollback), $"{drill.Answer}", expected);
    }

    private static Finding? Obstacle(BuildDrill drill, string expected, out BuildDrill same)
    {
        same = drill;
        return drill switch
        {
            { Obstacle: { } obstacle } => Finding.NotApplicable(obstacle, expected),
            { After: null } => Finding.NotApplicable(NotStarted, expected),
            _ => null,
        };
    }

    private static Task<BuildDrill> DrillAsync(CheckContext context, CancellationToken cancellation) =>
        context.OnceAsync("rollback", () => BuildDrill.RunAsync(context, BoardStepKind.FlashOlder, isMinimumSet: true, cancellation));
}
