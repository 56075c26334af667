using System.Text.Json;
using IotAttest.Cli.Tests.Hosting;

namespace IotAttest.Cli.Tests.Watch;

public sealed class WatchTests
{
    [Fact]
    public async Task A_fleet_is_counted_and_the_board_that_is_tampered_with_is_told_as_it_happens()
    {
        using CommandLine line = new();
        using ServedVerifier verifier = await ServedVerifier.StartAsync(line.Folder);
        string[] server = Server(verifier);
        using ChildProcess watch = ChildProcess.Start(line.Folder, ["watch", "--json", .. server]);
        await watch.LineAsync(text => text.StartsWith("""{"fleet":""", StringComparison.Ordinal));
        using ChildProcess boards = ChildProcess.Start(line.Folder, ["simulate", "--count", "3", "--tamper", "1", .. server, "--mqtt", verifier.Mqtt]);

        string told = await watch.LineAsync(text => text.Contains("\"conformity\":\"Compromised\"", StringComparison.Ordinal));

        using JsonDocument json = JsonDocument.Parse(told);
        string ueid = json.RootElement.GetProperty("data").GetProperty("ueid").GetString()!;
        CommandResult fleet = (await line.RunAsync(["watch", "--once", .. server])).Ended(0);
        Assert.Contains("3 boards   ✖ Compromised 1   ◆ PendingCoverage 2", fleet.Out, StringComparison.Ordinal);
        Assert.Contains(fleet.Out.Split('\n'), row => row.Contains(ueid, StringComparison.Ordinal) && row.Contains("UnknownMeasurement", StringComparison.Ordinal));
        Assert.Equal(0, await boards.TerminateAsync());
    }

    [Fact]
    public async Task An_empty_fleet_says_so_and_a_missing_verifier_is_a_fault()
    {
        using CommandLine line = new();
        using ServedVerifier verifier = await ServedVerifier.StartAsync(line.Folder);

        CommandResult empty = (await line.RunAsync(["watch", "--once", .. Server(verifier)])).Ended(0);
        CommandResult none = (await line.RunAsync("watch", "--once", "--server", "http://127.0.0.1:9", "--token", "x")).Ended(3);

        Assert.Contains("0 boards   no board that you may see", empty.Out, StringComparison.Ordinal);
        Assert.Contains("no answer from http://127.0.0.1:9/", none.Error, StringComparison.Ordinal);
    }

    private static string[] Server(ServedVerifier verifier) => ["--server", verifier.Http.GetLeftPart(UriPartial.Authority), "--token-file", verifier.TokenFile];
}
