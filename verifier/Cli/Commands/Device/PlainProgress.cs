using System.Diagnostics;
using System.Globalization;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Commands.Device;

/// <summary>Progress where nobody watches a terminal: a line now and then, on stderr.</summary>
internal sealed class PlainProgress(Terminal terminal, int count)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private long _last = Stopwatch.GetTimestamp();

    public void Show(int done)
    {
        if (Stopwatch.GetElapsedTime(_last) >= Interval)
        {
            _last = Stopwatch.GetTimestamp();
            terminal.WriteError(string.Create(CultureInfo.InvariantCulture, $"{done} of {count} boards"));
        }
    }
}
