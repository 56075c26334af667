using System.Diagnostics;
using System.Globalization;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Output;
using Spectre.Console;

namespace IotAttest.Cli.Simulation;

/// <summary>Switches a fleet on, shows its counts until the end, and says what it took.</summary>
internal sealed class SimulationRun(Terminal terminal, SimulatedFleet fleet, int tampered, SimulationEnd end, bool asJson)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private string _last = "";
    private bool _hasTampered;

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        fleet.SwitchOn();
        if (terminal.IsInteractive && !asJson)
        {
            await terminal.ResultConsole().Live(new Text("")).StartAsync(display => FollowAsync(start, line => display.UpdateTarget(new Text(line)), cancellation));
        }
        else
        {
            await FollowAsync(start, Say, cancellation);
        }

        FleetCounts counts = fleet.Count();
        Report(counts, Stopwatch.GetElapsedTime(start));
        return end.HasRun(counts) ? ExitCode.Fine : throw CliException.Fault(
            $"{counts.Answered} of {counts.Boards} boards with a result", "boards that reach the verifier, and are enrolled there", "check --mqtt: is a verifier listening there? Then try again with a longer --for");
    }

    private async Task FollowAsync(long start, Action<string> show, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested && !end.IsOver(Stopwatch.GetElapsedTime(start)))
        {
            FleetCounts counts = fleet.Count();
            show(counts.ToString());
            if (end.IsReached(counts))
            {
                return;
            }

            if (!_hasTampered && tampered > 0 && counts.Answered == counts.Boards)
            {
                _hasTampered = true;
                fleet.Tamper(tampered);
                show($"one bit flipped on {tampered} boards");
            }

            await Task.Delay(Interval, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Plain lines: only what is new, on stderr when stdout is for JSON.
    private void Say(string line)
    {
        if (line != _last)
        {
            _last = line;
            (asJson ? (Action<string>)terminal.WriteError : terminal.WriteLine)(line);
        }
    }

    private void Report(FleetCounts counts, TimeSpan elapsed)
    {
        long memory = Process.GetCurrentProcess().WorkingSet64;
        if (asJson)
        {
            terminal.WriteJson(new { counts.Boards, counts.Answered, counts.Refused, counts.ByConformity, counts.ByStatus, encoder = fleet.NativeLibrary is null ? "C#" : "C++", seconds = Math.Round(elapsed.TotalSeconds, 1), memoryBytes = memory });
            return;
        }

        terminal.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{counts.Boards} boards, {counts.Answered} with a result, {elapsed.TotalSeconds:0} s, {memory / (1024 * 1024)} MiB in this process ({memory / 1024 / Math.Max(counts.Boards, 1)} KiB a board)"));
        terminal.WriteLine(fleet.NativeLibrary is { } library ? $"evidence made by the C++ core in {library}" : "evidence made by the C# encoder");
        if (counts.Refused > 0)
        {
            terminal.WriteWarning($"{counts.Refused} boards were refused by the verifier: not enrolled, or with another credential; enrol them with --enrol");
        }
    }
}
