using System.Globalization;

namespace IotAttest.Service.Health;

/// <summary>How often a value fell between bounds; counted by any thread.</summary>
internal sealed class HistogramBuckets(IReadOnlyList<double> bounds)
{
    private readonly long[] _counts = new long[bounds.Count + 1];
    private double _sum;

    public void Record(double value)
    {
        int at = 0;
        while (at < bounds.Count && value > bounds[at])
        {
            at++;
        }

        Interlocked.Increment(ref _counts[at]);
        double sum = Volatile.Read(ref _sum);
        for (double seen; (seen = Interlocked.CompareExchange(ref _sum, sum + value, sum)) != sum; sum = seen)
        {
        }
    }

    /// <summary>Buckets hold everything up to their bound, as Prometheus wants them.</summary>
    public void Write(MetricsText text, string name)
    {
        long total = 0;
        for (int i = 0; i < _counts.Length; i++)
        {
            total += Volatile.Read(ref _counts[i]);
            string bound = i < bounds.Count ? bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
            text.Sample($"{name}_bucket", [KeyValuePair.Create("le", bound)], total);
        }

        text.Sample($"{name}_sum", [], Volatile.Read(ref _sum));
        text.Sample($"{name}_count", [], total);
    }
}
