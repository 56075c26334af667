namespace IotAttest.Cli.Bench;

/// <summary>One thing timed in a small and in a large store, in turns.</summary>
/// <param name="What">What was timed.</param>
/// <param name="Small">Seconds in the small store.</param>
/// <param name="Large">Seconds in the large store.</param>
/// <param name="Ratio">Large by small, round by round.</param>
internal sealed record ScaleRow(string What, Spread Small, Spread Large, Spread Ratio)
{
    public static ScaleRow Of(string what, IReadOnlyList<(double Small, double Large)> rounds) => new(
        what, Spread.Of(rounds.Select(round => round.Small)), Spread.Of(rounds.Select(round => round.Large)), Spread.Of(rounds.Select(round => round.Large / round.Small)));
}
