namespace IotAttest.Cli.Bench.Veraison;

/// <summary>What a run measured of one kind of request.</summary>
/// <param name="Count">How many were answered or failed.</param>
/// <param name="Failed">How many of them failed: another status than success, or no answer.</param>
/// <param name="PerSecond">Count by the length of the run.</param>
/// <param name="MedianMs">Median from sending to the whole answer.</param>
/// <param name="P95Ms">95th percentile.</param>
/// <param name="MaxMs">The slowest.</param>
internal sealed record RequestFigures(int Count, int Failed, double PerSecond, double MedianMs, double P95Ms, double MaxMs)
{
    public static RequestFigures Of(IEnumerable<double> latencies, int failed, TimeSpan elapsed)
    {
        double[] sorted = [.. latencies.Order()];
        return sorted.Length == 0
            ? new RequestFigures(0, failed, 0, 0, 0, 0)
            : new RequestFigures(sorted.Length, failed, sorted.Length / elapsed.TotalSeconds, At(sorted, 0.5), At(sorted, 0.95), sorted[^1]);
    }

    private static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
}
