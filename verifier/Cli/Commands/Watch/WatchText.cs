using System.Text.Json;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Commands.Watch;

/// <summary>For a file or a pipe: the fleet once, then a line for each event.</summary>
internal static class WatchText
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public static async Task RunAsync(FleetReader reader, Terminal terminal, bool once, CancellationToken cancellation)
    {
        await reader.ReadEventsAsync(cancellation);
        Write(terminal, await reader.ReadAsync(cancellation));
        while (!once)
        {
            await Task.Delay(Interval, cancellation);
            foreach (JsonElement item in await reader.ReadEventsAsync(cancellation))
            {
                terminal.WriteLine(FleetWords.Event(item));
                terminal.Out.Flush();
            }
        }
    }

    private static void Write(Terminal terminal, FleetSnapshot fleet)
    {
        terminal.WriteLine($"{fleet.AsOf}  {fleet.Total} boards   {FleetWords.Counts(fleet)}");
        if (fleet.Boards.Count > 0)
        {
            terminal.WriteTable(FleetWords.Headings, fleet.Boards.Select(FleetWords.Cells));
        }

        if (fleet.Troubled > fleet.Boards.Count)
        {
            terminal.WriteLine($"and {fleet.Troubled - fleet.Boards.Count} more: GET /v1/devices?conformity=...");
        }
    }
}
