using System.Globalization;

namespace IotAttest.Support;

/// <summary>How fast something has to be. A promise of the product is made for a machine that is free for it; tests often share theirs.</summary>
public static class Pace
{
    /// <summary>What a promise may take just now: the promise itself on a machine that has processors to spare, and longer by as many times as its processors are wanted by others.</summary>
    public static TimeSpan Allowed(TimeSpan promise) => promise * Math.Max(1, 2 * PerProcessor());

    /// <summary>How many want each processor: over the last minute, or now when more do.</summary>
    private static double PerProcessor()
    {
        const string File = "/proc/loadavg";
        if (!System.IO.File.Exists(File))
        {
            return 0;
        }

        // proc_loadavg(5): the averages of 1, 5 and 15 minutes, then "runnable/all".
        string[] words = System.IO.File.ReadAllText(File).Split(' ');
        double minute = double.Parse(words[0], CultureInfo.InvariantCulture);
        double now = double.Parse(words[3].Split('/')[0], CultureInfo.InvariantCulture);
        return Math.Max(minute, now) / Environment.ProcessorCount;
    }
}
