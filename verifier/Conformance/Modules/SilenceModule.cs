using IotAttest.Domain.Appraisal;
using IotAttest.Protocol;
using static IotAttest.Conformance.Requirements;

namespace IotAttest.Conformance;

/// <summary>A board that is off is known to be silent, and comes back by itself.</summary>
internal static class SilenceModule
{
    private const Needs Needed = Needs.Board | Needs.Device | Needs.Manifest;

    private static readonly Requirement[] Supported = [Telemetry, StateAwareness, CraMonitoring];

    public static ConformanceModule Create() => new("silence", "Silence",
    [
        new("silence.no-answer", "Nothing answers for a board that is switched off.", [.. Supported, IdentityResists], Needed, NoAnswerAsync),
        new("silence.stale", "The verdict turns Stale by the clock alone.", Supported, Needed, StaleAsync),
        new("silence.returns", "The board attests again by itself once it is switched on.", [.. Supported, Recovery], Needed, ReturnsAsync),
    ]);

    private static async Task<Finding> NoAnswerAsync(CheckContext context, CancellationToken cancellation)
    {
        const string Expected = "no new evidence in answer to a challenge";
        SilenceDrill drill = await DrillAsync(context, cancellation);
        return drill.Obstacle is { } obstacle ? Finding.NotApplicable(obstacle, Expected) : Finding.Of(drill.Ghost is null, drill.Ghost is null ? "no evidence" : "evidence", Expected);
    }

    private static async Task<Finding> StaleAsync(CheckContext context, CancellationToken cancellation)
    {
        string expected = $"Stale {AppraisalPolicy.Default.MaximumAge.TotalSeconds:0} s after the last evidence";
        SilenceDrill drill = await DrillAsync(context, cancellation);
        return drill.Obstacle is { } obstacle
            ? Finding.NotApplicable(obstacle, expected)
            : Finding.Of(drill.Silent?.Conformity == Conformity.Stale, $"{drill.Silent?.Conformity}, by a clock that was put forward", expected);
    }

    private static async Task<Finding> ReturnsAsync(CheckContext context, CancellationToken cancellation)
    {
        const string Expected = "fresh evidence of the same board, and a verdict that is not Stale";
        SilenceDrill drill = await DrillAsync(context, cancellation);
        if (drill.Obstacle is { } obstacle)
        {
            return Finding.NotApplicable(obstacle, Expected);
        }

        bool holds = drill.Back is { Refusal: null } back && back.Verdict.Conformity != Conformity.Stale && !back.Verdict.Drift.HasFlag(Drift.IdentityConflict);
        return Finding.Of(holds, drill.Back?.ToString() ?? "no evidence any more", Expected);
    }

    private static Task<SilenceDrill> DrillAsync(CheckContext context, CancellationToken cancellation) =>
        context.OnceAsync("silence", () => RunAsync(context, cancellation));

    private static async Task<SilenceDrill> RunAsync(CheckContext context, CancellationToken cancellation)
    {
        BenchClock clock = new(context.Subject.Clock);
        IVerifierSide verifier = context.CreateVerifier(clock);
        await context.AttestAsync(verifier, cancellation);
        if (await context.Board.PerformAsync(new BoardStep(BoardStepKind.SwitchOff), cancellation) is { } obstacle)
        {
            return new SilenceDrill(obstacle, null, null, null);
        }

        clock.Advance(AppraisalPolicy.Default.MaximumAge + TimeSpan.FromSeconds(1));
        EvidenceSample? ghost = await context.Board.ProvokeAsync(Topics.Challenge(context.Device.Ueid), verifier.Challenge(), cancellation);
        Verdict silent = ghost is null ? verifier.Appraise() : verifier.Submit(ghost.Bytes).Verdict;
        string? stays = await context.Board.PerformAsync(new BoardStep(BoardStepKind.SwitchOn), cancellation);
        return new SilenceDrill(null, ghost, silent, stays is null ? await context.AttestAsync(verifier, cancellation) : null);
    }

    private sealed record SilenceDrill(string? Obstacle, EvidenceSample? Ghost, Verdict? Silent, VerifierAnswer? Back);
}
