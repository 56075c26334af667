namespace IotAttest.Cli.Bench;

/// <summary>What one of something took.</summary>
/// <param name="Seconds">By the clock on the wall.</param>
/// <param name="CpuSeconds">Of processor time.</param>
internal readonly record struct Cost(double Seconds, double CpuSeconds)
{
    public static Cost operator /(Cost cost, int count) => new(cost.Seconds / count, cost.CpuSeconds / count);

    public static Cost operator +(Cost one, Cost other) => new(one.Seconds + other.Seconds, one.CpuSeconds + other.CpuSeconds);
}
