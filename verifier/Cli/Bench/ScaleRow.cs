namespace IotAttest.Cli.Bench;

/// <summary>One thing timed in a small and in a large store, in turns.</summary>
/// <param name="What">What was timed.</param>
/// <param name="Rounds">How often.</param>
/// <param name="Small">Seconds of processor time in the small store.</param>
/// <param name="Large">Seconds of processor time in the large store.</param>
/// <param name="Ratio">Large by small, round by round.</param>
/// <param name="WallRatio">The same by the clock on the wall.</param>
internal sealed record ScaleRow(string What, int Rounds, Spread Small, Spread Large, Spread Ratio, Spread WallRatio)
{
    private const double Most = 1.10;

    /// <summary>The large store costs at most a tenth more.</summary>
    public bool IsFlat => Ratio.Median <= Most;

    public static ScaleRow Of(string what, IReadOnlyList<(Cost Small, Cost Large)> rounds) => new(
        what,
        rounds.Count,
        Spread.Of(rounds.Select(round => round.Small.CpuSeconds)),
        Spread.Of(rounds.Select(round => round.Large.CpuSeconds)),
        Spread.Of(rounds.Select(round => round.Large.CpuSeconds / round.Small.CpuSeconds)),
        Spread.Of(rounds.Select(round => round.Large.Seconds / round.Small.Seconds)));
}
