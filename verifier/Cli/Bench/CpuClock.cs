using System.Diagnostics;
using System.Globalization;

namespace IotAttest.Cli.Bench;

/// <summary>Seconds of processor time: what work costs, however many others share the machine.</summary>
internal static class CpuClock
{
    private const string ThreadFile = "/proc/thread-self/schedstat";

    private static readonly bool HasThreadFile = File.Exists(ThreadFile);

    /// <summary>Of all threads of this process.</summary>
    public static double Process() => Environment.CpuUsage.TotalTime.TotalSeconds;

    /// <summary>Of this thread where the system tells it in nanoseconds (Linux), else wall-clock time.</summary>
    public static double Thread() => HasThreadFile
        ? long.Parse(File.ReadAllText(ThreadFile).Split(' ')[0], CultureInfo.InvariantCulture) / 1e9
        : Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;
}
