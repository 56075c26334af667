using System.Text.Json;
using IotAttest.Cli.Http;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Demo;

/// <summary>Reads the fleet over HTTP, as any integrator would, and shows it on the stage.</summary>
internal sealed class FleetWatch(VerifierClient client, DemoFleet fleet, IDemoStage stage)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private Dictionary<string, string> _versions = [];

    /// <summary>The fleet as it was read last.</summary>
    public IReadOnlyList<FleetRow> Rows { get; private set; } = [];

    /// <summary>Every board that is not as expected.</summary>
    public IReadOnlyList<string> Differences => [.. fleet.Boards
        .Select(board => Rows.FirstOrDefault(row => row.Ueid == board.Ueid) is { } row ? board.DifferenceFrom(row) : $"{board.Name} is not in the list")
        .OfType<string>()];

    public FleetRow? RowOf(DemoBoard board) => Rows.FirstOrDefault(row => row.Ueid == board.Ueid);

    /// <summary>Reads versions of builds: boards name a build by its id.</summary>
    public async Task ReadBuildsAsync(CancellationToken cancellation)
    {
        JsonElement page = await client.GetAsync("/v1/builds?limit=100", cancellation);
        _versions = page.GetProperty("builds").EnumerateArray().ToDictionary(build => build.GetProperty("id").GetString()!, build => build.GetProperty("version").GetString()!);
    }

    /// <summary>Reads again and again until the condition holds.</summary>
    /// <returns>False when the time is over.</returns>
    public async Task<bool> WaitUntilAsync(Func<bool> condition, TimeSpan patience, CancellationToken cancellation)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            await ReadAsync(cancellation);
            if (condition())
            {
                return true;
            }

            if (TimeProvider.System.GetElapsedTime(start) > patience)
            {
                return false;
            }

            await Task.Delay(Interval, cancellation);
        }
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        JsonElement page = await client.GetAsync("/v1/devices?limit=100", cancellation);
        Dictionary<string, JsonElement> devices = page.GetProperty("devices").EnumerateArray().ToDictionary(device => device.GetProperty("ueid").GetString()!);
        Rows = [.. fleet.Boards.Where(board => devices.ContainsKey(board.Ueid)).Select(board => RowOf(board, devices[board.Ueid]))];
        stage.Show(Rows);
    }

    private FleetRow RowOf(DemoBoard board, JsonElement device) => new(
        board.Name,
        board.Ueid,
        board.Product.Name,
        JsonReport.Member(device, "evidenceStrength") ?? "",
        JsonReport.Member(device, "conformity") ?? "",
        [.. device.GetProperty("drift").EnumerateArray().Select(word => word.GetString()!)],
        JsonReport.Member(device, "build") is { } build ? _versions.GetValueOrDefault(build, build) : null,
        JsonReport.Member(device, "asOf"),
        JsonReport.Member(device, "nextStep") ?? "",
        JsonReport.Member(device, "responsible") ?? "");
}
