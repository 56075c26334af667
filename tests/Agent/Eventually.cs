using System.Diagnostics;
using IotAttest.Support;

namespace IotAttest.Agent.Tests;

/// <summary>Waits for a condition instead of a time.</summary>
internal static class Eventually
{
    public static void Holds(Func<bool> condition, string what)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < Patience.Long, $"not within {Patience.Long.TotalSeconds} s: {what}");
            Thread.Sleep(5);
        }
    }
}
