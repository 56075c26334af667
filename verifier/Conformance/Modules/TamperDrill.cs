using IotAttest.Domain.Appraisal;

namespace IotAttest.Conformance;

/// <summary>One bit of a region changed, asked, restored, asked again.</summary>
/// <param name="Obstacle">Why it could not be done; null when it was.</param>
/// <param name="Changed">The evidence after the change.</param>
/// <param name="ChangedAnswer">What the verifier said to it.</param>
/// <param name="RestoredAnswer">What the verifier said after the region was restored.</param>
internal sealed record TamperDrill(string? Obstacle, EvidenceSample? Changed, VerifierAnswer? ChangedAnswer, VerifierAnswer? RestoredAnswer)
{
    /// <summary>A boot check that stopped the changed image is no fault of the board, and not what this check can see.</summary>
    public const string NoEvidence = "no evidence after the change: the board may have refused to start, which is seen at the board";

    public static async Task<TamperDrill> RunAsync(CheckContext context, string region, CancellationToken cancellation)
    {
        IVerifierSide verifier = context.CreateVerifier();
        await context.AttestAsync(verifier, cancellation);
        if (await context.Board.PerformAsync(new BoardStep(BoardStepKind.ChangeBit, region), cancellation) is { } obstacle)
        {
            return new TamperDrill(obstacle, null, null, null);
        }

        EvidenceSample? changed = await context.Board.AskAsync(verifier.Challenge(), cancellation);
        VerifierAnswer? changedAnswer = changed is null ? null : verifier.Submit(changed.Bytes);
        await RestoreAsync(context, region, cancellation);
        return new TamperDrill(null, changed, changedAnswer, await context.AttestAsync(verifier, cancellation));
    }

    public static async Task RestoreAsync(CheckContext context, string region, CancellationToken cancellation) =>
        await context.Board.PerformAsync(new BoardStep(BoardStepKind.RestoreRegion, region), cancellation);

    public static bool IsCompromised(VerifierAnswer answer) =>
        answer.Refusal is null && answer.Verdict.Conformity == Conformity.Compromised && answer.Verdict.Drift.HasFlag(Drift.UnknownMeasurement);
}
