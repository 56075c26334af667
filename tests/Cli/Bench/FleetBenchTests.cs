using System.Text.Json;

namespace IotAttest.Cli.Tests.Bench;

/// <summary>The benchmarks of whole fleets run to their end and print what they promise; how fast is for a quiet machine to say.</summary>
public sealed class FleetBenchTests : IDisposable
{
    private readonly CommandLine _line = new();

    public void Dispose() => _line.Dispose();

    [Fact]
    public async Task Reappraise_changes_certificate_advisory_policy_and_build_of_every_board()
    {
        JsonElement report = (await _line.RunAsync("bench", "reappraise", "--boards", "50", "--json")).Ended(0).Json;

        Assert.Equal(50, report.GetProperty("boards").GetInt32());
        JsonElement[] changes = [.. report.GetProperty("changes").EnumerateArray()];
        Assert.Equal(
            ["suspend, first of this process", "resume", "suspend", "resume", "advisory", "policy", "retire the build"],
            changes.Select(change => change.GetProperty("change").GetString()));
        Assert.All(changes, change => Assert.InRange(Seconds(change, "history"), Seconds(change, "read"), 60));
        Assert.All(changes, change => Assert.InRange(Seconds(change, "read"), Seconds(change, "answered"), 60));
        Assert.All(changes, change => Assert.True(Seconds(change, "limit") > 0));
    }

    [Theory]
    [InlineData("scale", "| processor time of one: median (least to most) | rounds | small store | large store | ratio | within 10 % | ratio by the clock |", "--boards", "1000", "--builds", "10", "--rounds", "1")]
    [InlineData("reappraise", "| change | answered | effective on read | history of every board durable | limit | of the limit | processor time | that of the limit |", "--boards", "10")]
    [InlineData("gate", "| boards in a question | clients | per second | p50 | p95 | p99 | max |", "--boards", "10", "--seconds", "1")]
    [InlineData("connections", "| idle connections | TCP |", "--count", "10", "--storm", "5")]
    public async Task The_figures_of_a_fleet_are_written_as_markdown_and_as_json_and_name_machine_and_moment(string bench, string heading, params string[] words)
    {
        DateTimeOffset before = DateTimeOffset.UtcNow;

        string printed = (await _line.RunAsync(["bench", bench, "--report", "@figures", "--json", .. words])).Ended(0).Out;

        string markdown = File.ReadAllText(_line.PathOf($"figures/{bench}.md"));
        string json = File.ReadAllText(_line.PathOf($"figures/{bench}.json"));
        JsonElement report = JsonDocument.Parse(json).RootElement;
        string machine = report.GetProperty("machine").GetString()!;
        Assert.Equal(printed, json);
        Assert.InRange(report.GetProperty("at").GetDateTimeOffset(), before, DateTimeOffset.UtcNow);
        Assert.StartsWith($"# iotattest bench {bench}\n\nMeasured on {machine}, ", markdown, StringComparison.Ordinal);
        Assert.Contains($"\n{heading}\n| --- |", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Figures_are_printed_although_the_folder_cannot_be_written()
    {
        _line.Write("figures", "a file, not a folder");

        CommandResult result = await _line.RunAsync("bench", "gate", "--boards", "1", "--seconds", "1", "--report", "@figures");

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("boards in a question", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gate_prints_how_long_questions_take()
    {
        JsonElement report = (await _line.RunAsync("bench", "gate", "--boards", "20", "--seconds", "1", "--json")).Ended(0).Json;

        JsonElement[] rows = [.. report.GetProperty("rows").EnumerateArray()];
        Assert.Equal([1, 1, 20, 20], rows.Select(row => row.GetProperty("boardsPerRequest").GetInt32()));
        Assert.All(rows, row => Assert.True(row.GetProperty("p95Ms").GetDouble() > 0));
    }

    [Theory]
    [InlineData("TCP")]
    [InlineData("TLS, rsa", "--tls", "rsa")]
    [InlineData("TLS, ecdsa", "--tls", "ecdsa")]
    public async Task Connections_come_are_cut_off_and_come_back_and_the_others_stay(string transport, params string[] tls)
    {
        JsonElement report = (await _line.RunAsync(["bench", "connections", "--count", "20", "--storm", "10", "--json", .. tls])).Ended(0).Json;

        Assert.Equal(transport, report.GetProperty("transport").GetString());
        Assert.Equal(20, report.GetProperty("connections").GetInt32());
        Assert.Equal(10, report.GetProperty("storm").GetInt32());
        Assert.Equal(0, report.GetProperty("lost").GetInt32());
        Assert.True(report.GetProperty("stormSeconds").GetDouble() > 0);
    }

    [Fact]
    public async Task The_report_is_written_as_markdown_and_as_json()
    {
        (await _line.RunAsync("bench", "--in-process", "--seconds", "1", "--report", "@figures")).Ended(0);

        string markdown = File.ReadAllText(_line.PathOf("figures/bench.md"));
        JsonElement report = JsonDocument.Parse(File.ReadAllText(_line.PathOf("figures/bench.json"))).RootElement;
        Assert.Contains("| limit of one core | per second |\n| --- | --- |\n| P-256 verify | ", markdown, StringComparison.Ordinal);
        Assert.Contains("| appraisal in process, one core | per second | of the limit | evidence | allocated each |", markdown, StringComparison.Ordinal);
        Assert.Equal(["ES256", "HMAC"], report.GetProperty("inProcess").EnumerateArray().Select(row => row.GetProperty("key").GetString()));
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Username=nobody;Password=hunter2", "127.0.0.1:1")]
    [InlineData("Hos=127.0.0.1", "Hos")]
    public async Task A_server_that_is_not_there_is_told_before_anything_is_measured(string server, string seen)
    {
        CommandResult result = (await _line.RunAsync("bench", "--in-process", "--seconds", "1", "--postgres", server)).Ended(2);

        Assert.Contains("--postgres, and no database can be made there", result.Error, StringComparison.Ordinal);
        Assert.Contains(seen, result.Error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("hunter2", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("limits of this machine", result.Error, StringComparison.Ordinal);
    }

    private static double Seconds(JsonElement change, string what) => change.GetProperty($"{what}Seconds").GetDouble();
}
