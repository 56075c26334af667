using System.Diagnostics;

namespace IotAttest.Cli.Bench;

/// <summary>How often something can be done in a second.</summary>
internal static class Rate
{
    private const int Batch = 64;

    /// <summary>Runs <paramref name="work"/> on this thread for about <paramref name="duration"/>, after a quarter of it to warm up.</summary>
    /// <returns>Calls per second, and bytes allocated per call.</returns>
    public static (double PerSecond, double BytesPerCall) Measure(TimeSpan duration, Action<int> work)
    {
        Run(duration / 4, work);
        long before = GC.GetAllocatedBytesForCurrentThread();
        (int calls, TimeSpan elapsed) = Run(duration, work);
        return (calls / elapsed.TotalSeconds, (GC.GetAllocatedBytesForCurrentThread() - before) / (double)calls);
    }

    private static (int Calls, TimeSpan Elapsed) Run(TimeSpan duration, Action<int> work)
    {
        Stopwatch watch = Stopwatch.StartNew();
        int calls = 0;
        while (watch.Elapsed < duration)
        {
            for (int i = 0; i < Batch; i++)
            {
                work(calls++);
            }
        }

        return (calls, watch.Elapsed);
    }
}
