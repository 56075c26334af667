using System.Text.Json;
using IotAttest.Cli.Http;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Commands.Watch;

/// <summary>Reads the fleet and what happens to it from a verifier.</summary>
internal sealed class FleetReader(VerifierClient client)
{
    /// <summary>Boards that need somebody and are shown by name.</summary>
    public const int MaxBoards = 20;

    private const int EventPage = 1000;

    private string? _cursor;

    /// <summary>Counts by conformity, and the boards that are not as they should be, the most urgent first.</summary>
    public async Task<FleetSnapshot> ReadAsync(CancellationToken cancellation)
    {
        JsonElement summary = await client.GetAsync("/v1/devices/summary", cancellation);
        Dictionary<string, int> counts = summary.GetProperty("conformity").EnumerateObject().ToDictionary(count => count.Name, count => count.Value.GetInt32());
        List<JsonElement> boards = [];
        foreach (string word in ConformityMark.Words.Where(word => word is not ("Conformant" or "Decommissioned") && counts.GetValueOrDefault(word) > 0))
        {
            if (boards.Count < MaxBoards)
            {
                JsonElement page = await client.GetAsync($"/v1/devices?conformity={word}&limit={MaxBoards - boards.Count}", cancellation);
                boards.AddRange(page.GetProperty("devices").EnumerateArray());
            }
        }

        return new FleetSnapshot(summary, counts, boards);
    }

    /// <summary>What happened to boards since the last call; the first call only finds the newest event.</summary>
    public async Task<IReadOnlyList<JsonElement>> ReadEventsAsync(CancellationToken cancellation)
    {
        List<JsonElement> events = [];
        bool isFirst = _cursor is null;
        while (true)
        {
            JsonElement page = await client.GetAsync($"/v1/events?types=device.verdict,device.address&limit={EventPage}&since={_cursor ?? "0"}", cancellation);
            JsonElement items = page.GetProperty("events");
            _cursor = page.GetProperty("next").GetString();
            events.AddRange(isFirst ? [] : items.EnumerateArray());
            if (items.GetArrayLength() < EventPage)
            {
                return events;
            }
        }
    }
}
