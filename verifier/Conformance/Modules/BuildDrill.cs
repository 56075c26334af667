using IotAttest.Domain.Identity;

namespace IotAttest.Conformance;

/// <summary>Another build flashed, asked, and the build under test put back.</summary>
/// <param name="Obstacle">Why it could not be done; null when it was.</param>
/// <param name="Before">Counters before.</param>
/// <param name="After">The first evidence after.</param>
/// <param name="Answer">What the verifier said to it.</param>
internal sealed record BuildDrill(string? Obstacle, BootCounters? Before, EvidenceSample? After, VerifierAnswer? Answer)
{
    public static async Task<BuildDrill> RunAsync(CheckContext context, BoardStepKind flash, bool isMinimumSet, CancellationToken cancellation)
    {
        IVerifierSide verifier = context.CreateVerifier(isMinimumSet);
        EvidenceSample? before = await context.Board.AskAsync(verifier.Challenge(), cancellation);
        if (before is not null)
        {
            verifier.Submit(before.Bytes);
        }

        if (await context.Board.PerformAsync(new BoardStep(flash), cancellation) is { } obstacle)
        {
            return new BuildDrill(obstacle, null, null, null);
        }

        EvidenceSample? after = await context.Board.AskAsync(verifier.Challenge(), cancellation);
        VerifierAnswer? answer = after is null ? null : verifier.Submit(after.Bytes);
        await context.Board.PerformAsync(new BoardStep(BoardStepKind.FlashBuild), cancellation);
        return new BuildDrill(null, before?.Claims?.Counters, after, answer);
    }

    /// <summary>Counters of one board, one boot or more later.</summary>
    public Finding JudgeCounters(string expected) => (Before, After?.Claims?.Counters) switch
    {
        ({ } before, { } after) => Finding.Of(
            after.BootCount > before.BootCount && IdentityCheck.IsOneBoard(before, after),
            $"boot {before.BootCount}, then {after.BootCount}{(before.BootSeed == after.BootSeed ? " with the same seed" : "")}",
            expected),
        _ => Finding.Fail("no evidence that can be read", expected),
    };
}
