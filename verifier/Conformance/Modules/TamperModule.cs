using IotAttest.Domain.Boards;
using IotAttest.Domain.Evidence;
using static IotAttest.Conformance.Requirements;

namespace IotAttest.Conformance;

/// <summary>A change of measured flash shows in the next evidence.</summary>
internal static class TamperModule
{
    private const Needs Needed = Needs.Board | Needs.Device | Needs.Manifest;

    private static readonly Requirement[] Supported = [ChangeDetected, StateAwareness, CraIntegrity, CraMonitoring];

    public static ConformanceModule Create() => new("tamper", "Tampering",
    [
        .. RegionNames.Measurable.Select(region => new ConformanceCheck(
            $"tamper.{region}", $"One changed bit in {region} shows in the next evidence.", Supported, Needed,
            (context, cancellation) => RegionAsync(context, region, cancellation))),
        new("tamper.erased-tail", "A byte behind the last assembly of the deployment shows in the next evidence.", Supported, Needed, ErasedTailAsync),
        new("tamper.running", "A write to flash under a running board is not hidden by earlier measurements.", Supported, Needed, RunningAsync),
        new("tamper.verdict", "The verifier calls the changed board Compromised, also after the old content came back.", Supported, Needed, VerdictAsync),
    ]);

    private static async Task<Finding> RegionAsync(CheckContext context, string region, CancellationToken cancellation)
    {
        string expected = $"another digest of {region}, all others as in the manifest";
        if (context.Manifest.Components.All(component => component.Name != region))
        {
            return Finding.NotApplicable($"the build measures no {region}", expected);
        }

        TamperDrill drill = await context.OnceAsync(region, () => TamperDrill.RunAsync(context, region, cancellation));
        return drill.Obstacle is { } obstacle ? Finding.NotApplicable(obstacle, expected) : Judge(context, drill.Changed, region, expected);
    }

    private static async Task<Finding> ErasedTailAsync(CheckContext context, CancellationToken cancellation)
    {
        const string Expected = "another digest of deployment, all others as in the manifest";
        if (await context.Board.PerformAsync(new BoardStep(BoardStepKind.ChangeErasedTail, RegionNames.Deployment), cancellation) is { } obstacle)
        {
            return Finding.NotApplicable(obstacle, Expected);
        }

        EvidenceSample? sample = await context.Board.AskAsync(CheckContext.NewChallenge(), cancellation);
        await TamperDrill.RestoreAsync(context, RegionNames.Deployment, cancellation);
        return Judge(context, sample, RegionNames.Deployment, Expected);
    }

    private static async Task<Finding> RunningAsync(CheckContext context, CancellationToken cancellation)
    {
        const string Expected = "no evidence until the next start, or evidence with another digest of deployment";
        if (await context.Board.PerformAsync(new BoardStep(BoardStepKind.ChangeBitWhileRunning, RegionNames.Deployment), cancellation) is { } obstacle)
        {
            return Finding.NotApplicable(obstacle, Expected);
        }

        EvidenceSample? sample = await context.Board.ProvokeAsync(Protocol.Topics.Challenge(context.Device.Ueid), CheckContext.NewChallenge(), cancellation);
        await TamperDrill.RestoreAsync(context, RegionNames.Deployment, cancellation);
        return sample is null ? Finding.Pass("no evidence", Expected) : Judge(context, sample, RegionNames.Deployment, Expected);
    }

    private static async Task<Finding> VerdictAsync(CheckContext context, CancellationToken cancellation)
    {
        const string Expected = "Compromised (UnknownMeasurement), before and after the region was restored";
        TamperDrill drill = await context.OnceAsync(RegionNames.Deployment, () => TamperDrill.RunAsync(context, RegionNames.Deployment, cancellation));
        return drill switch
        {
            { Obstacle: { } obstacle } => Finding.NotApplicable(obstacle, Expected),
            { ChangedAnswer: { } changed, RestoredAnswer: { } restored } => Finding.Of(
                TamperDrill.IsCompromised(changed) && TamperDrill.IsCompromised(restored), $"{changed}; after the region was restored {restored}", Expected),
            _ => Finding.NotApplicable(TamperDrill.NoEvidence, Expected),
        };
    }

    private static Finding Judge(CheckContext context, EvidenceSample? sample, string region, string expected)
    {
        if (sample is null)
        {
            return Finding.NotApplicable(TamperDrill.NoEvidence, expected);
        }

        if (sample.Claims is not { } claims)
        {
            return Finding.Fail(FormatChecks.Unreadable(sample), expected);
        }

        MeasuredSet manifest = ManifestFile.ToSet(context.Manifest);
        string[] differing = [.. Measurements.DifferingNames(claims.Measured, manifest)];
        return Finding.Of(differing is [{ } only] && only == region, $"other digests than the manifest's: {Measurements.Differences(claims.Measured, manifest)}", expected);
    }
}
