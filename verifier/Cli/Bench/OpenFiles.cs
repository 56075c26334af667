using System.Globalization;

namespace IotAttest.Cli.Bench;

/// <summary>How many files one process may have open: every connection is one.</summary>
internal static class OpenFiles
{
    /// <summary>What a process needs beside its connections.</summary>
    public const int Reserve = 1_000;

    /// <summary>The hard limit, which .NET takes at its start; <see cref="long.MaxValue"/> where there is none to read.</summary>
    public static long Limit()
    {
        const string Limits = "/proc/self/limits";
        string? line = File.Exists(Limits) ? File.ReadLines(Limits).FirstOrDefault(line => line.StartsWith("Max open files", StringComparison.Ordinal)) : null;
        return line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, _, _, _, { } hard, ..] && long.TryParse(hard, CultureInfo.InvariantCulture, out long limit) ? limit : long.MaxValue;
    }
}
