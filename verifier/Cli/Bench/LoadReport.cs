namespace IotAttest.Cli.Bench;

/// <summary>What a load run measured.</summary>
/// <param name="PerSecond">Acknowledged attestations per second.</param>
/// <param name="Count">How many in all.</param>
/// <param name="P50Ms">Median from sending evidence to its PUBACK.</param>
/// <param name="P99Ms">99th percentile.</param>
/// <param name="P999Ms">99.9th percentile.</param>
/// <param name="MaxMs">The slowest.</param>
internal sealed record LoadReport(double PerSecond, int Count, double P50Ms, double P99Ms, double P999Ms, double MaxMs)
{
    public static LoadReport Of(IEnumerable<List<double>> latencies, TimeSpan elapsed)
    {
        double[] sorted = [.. latencies.SelectMany(list => list).Order()];
        return sorted.Length == 0
            ? new LoadReport(0, 0, 0, 0, 0, 0)
            : new LoadReport(sorted.Length / elapsed.TotalSeconds, sorted.Length, At(sorted, 0.5), At(sorted, 0.99), At(sorted, 0.999), sorted[^1]);
    }

    private static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
}
