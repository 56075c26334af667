using System.Text.Json;

namespace IotAttest.Cli.Commands.Watch;

/// <summary>For programs: the fleet, then each event, one JSON object a line.</summary>
internal static class WatchLines
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public static async Task RunAsync(FleetReader reader, Action<string> write, bool once, CancellationToken cancellation)
    {
        await reader.ReadEventsAsync(cancellation);
        FleetSnapshot fleet = await reader.ReadAsync(cancellation);
        write(JsonSerializer.Serialize(new { fleet = fleet.Summary, boards = fleet.Boards }));
        while (!once)
        {
            await Task.Delay(Interval, cancellation);
            foreach (JsonElement item in await reader.ReadEventsAsync(cancellation))
            {
                write(item.GetRawText());
            }
        }
    }
}
