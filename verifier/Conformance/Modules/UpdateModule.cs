using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Evidence;
using static IotAttest.Conformance.Requirements;

namespace IotAttest.Conformance;

/// <summary>An update shows in the next evidence, and the verifier takes it for one.</summary>
internal static class UpdateModule
{
    private const Needs Needed = Needs.Board | Needs.Device | Needs.Manifest | Needs.Newer;
    private const Drift Alarming = Drift.UnknownMeasurement | Drift.MixedBuild | Drift.Rollback | Drift.OtherModelBuild | Drift.IdentityConflict | Drift.ClaimMismatch;

    public static ConformanceModule Create() => new("update", "Update",
    [
        ConformanceCheck.Of("update.manifest", "The newer build is of the same product, differs, and has no lower security version.", [Updatable, SoftwareUpdate, CraUpdates], Needs.Manifest | Needs.Newer, Manifest),
        new("update.seen", "The first evidence after the update names the newer build.", [Updatable, SecureUpdate, SoftwareUpdate, CraUpdates], Needed, SeenAsync),
        new("update.counters", "The update is a start of the same board.", [SecureUpdate, IdentityResists], Needed, CountersAsync),
        new("update.verdict", "The verifier knows the newer build and raises no alarm.", [SecureUpdate, SoftwareUpdate, CraUpdates], Needed, VerdictAsync),
    ]);

    private static Finding Manifest(CheckContext context)
    {
        bool holds = context.Newer.ClassId == context.Manifest.ClassId && context.Newer.SecurityVersion >= context.Manifest.SecurityVersion
            && ManifestFile.ToSet(context.Newer).Hash != ManifestFile.ToSet(context.Manifest).Hash;
        return Finding.Of(
            holds,
            $"class {context.Newer.ClassId:D}, security version {context.Newer.SecurityVersion} after {context.Manifest.SecurityVersion}, {Measurements.Differences(ManifestFile.ToSet(context.Newer), ManifestFile.ToSet(context.Manifest))} changed",
            $"class {context.Manifest.ClassId:D}, security version {context.Manifest.SecurityVersion} or higher, at least one digest changed");
    }

    private static async Task<Finding> SeenAsync(CheckContext context, CancellationToken cancellation)
    {
        string expected = $"the digests of build {context.Newer.Version}";
        BuildDrill drill = await DrillAsync(context, cancellation);
        return drill.Obstacle is { } obstacle ? Finding.NotApplicable(obstacle, expected) : JudgeBuild(drill, ManifestFile.ToSet(context.Newer), expected);
    }

    private static async Task<Finding> CountersAsync(CheckContext context, CancellationToken cancellation)
    {
        const string Expected = "a higher count of starts with another seed";
        BuildDrill drill = await DrillAsync(context, cancellation);
        return drill.Obstacle is { } obstacle ? Finding.NotApplicable(obstacle, Expected) : drill.JudgeCounters(Expected);
    }

    private static async Task<Finding> VerdictAsync(CheckContext context, CancellationToken cancellation)
    {
        string expected = $"build {context.Newer.CorimId} recognised, with nothing worse than UncertifiedUpdate";
        BuildDrill drill = await DrillAsync(context, cancellation);
        return drill switch
        {
            { Obstacle: { } obstacle } => Finding.NotApplicable(obstacle, expected),
            { Answer: { } answer } => Finding.Of(
                answer.Refusal is null && (answer.Verdict.Drift & Alarming) == 0 && answer.Verdict.Build == context.Newer.CorimId.ToString(), $"{answer}, build {answer.Verdict.Build ?? "unknown"}", expected),
            _ => Finding.Fail("no evidence after the update", expected),
        };
    }

    internal static Finding JudgeBuild(BuildDrill drill, MeasuredSet build, string expected) => drill.After switch
    {
        null => Finding.Fail("no evidence after the update", expected),
        { Claims: { } claims } => Finding.Of(claims.Measured.Hash == build.Hash, $"digests that differ from that build in: {Measurements.Differences(claims.Measured, build)}", expected),
        { } sample => Finding.Fail(FormatChecks.Unreadable(sample), expected),
    };

    private static Task<BuildDrill> DrillAsync(CheckContext context, CancellationToken cancellation) =>
        context.OnceAsync("update", () => BuildDrill.RunAsync(context, BoardStepKind.FlashNewer, isMinimumSet: false, cancellation));
}
