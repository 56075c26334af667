using System.Globalization;
using IotAttest.Support;

namespace IotAttest.EndToEnd.Tests.Long;

/// <summary>The clock of another process, which a test sets forward and back while that runs (libfaketime; its monotonic clock goes on as clocks do).</summary>
internal sealed class SteppedClock : IDisposable
{
    public const string Tool = "faketime";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iotattest-clock-");

    public SteppedClock() => Set(TimeSpan.Zero);

    /// <summary>How far it is ahead of the machine's.</summary>
    public TimeSpan Offset { get; private set; }

    public DateTimeOffset Now => DateTimeOffset.UtcNow + Offset;

    private string File => Path.Combine(_folder.FullName, "offset");

    /// <summary>What the process needs in its environment.</summary>
    public IReadOnlyCollection<(string Name, string Value)> Environment =>
    [
        ("LD_PRELOAD", Library()),
        ("FAKETIME_TIMESTAMP_FILE", File),
        ("FAKETIME_CACHE_DURATION", "1"),
        ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
        ("NO_FAKE_STAT", "1"),
    ];

    /// <summary>Sets it; the process sees it within a second.</summary>
    public void Set(TimeSpan offset)
    {
        string next = File + ".next";
        System.IO.File.WriteAllText(next, string.Create(CultureInfo.InvariantCulture, $"{offset.TotalSeconds:+0;-0;+0}\n"));
        System.IO.File.Move(next, File, overwrite: true);
        Offset = offset;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    // Debian puts it beside the other libraries of the machine: /usr/lib/x86_64-linux-gnu/faketime/.
    private static string Library() =>
        Directory.EnumerateDirectories("/usr/lib", "*-linux-gnu").Append("/usr/lib").Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(System.IO.File.Exists)
        ?? throw new FileNotFoundException($"{Tools.Find(Tool)} is there and its libfaketimeMT.so.1 is not in /usr/lib.");
}
