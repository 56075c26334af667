using System.Text.Json;
using IotAttest.Cli.Bench.Veraison;

namespace IotAttest.Cli.Tests.Bench;

/// <summary>Veraison's load test runs to its end at a small size, and what was published stands beside; how fast is for a quiet machine to say.</summary>
public sealed class VeraisonBenchTests : IDisposable
{
    private readonly CommandLine _line = new();

    public void Dispose() => _line.Dispose();

    [Fact]
    public async Task Users_and_entries_grow_and_nothing_fails()
    {
        (await _line.RunAsync("bench", "veraison", "--seconds", "1", "--users", "2", "--entries", "8", "--entry-users", "2", "--report", "@figures")).Ended(0);

        string markdown = File.ReadAllText(_line.PathOf("figures/veraison.md"));
        JsonElement report = JsonDocument.Parse(File.ReadAllText(_line.PathOf("figures/veraison.json"))).RootElement;
        JsonElement load = Assert.Single(report.GetProperty("loads").EnumerateArray());
        JsonElement weight = Assert.Single(report.GetProperty("weights").EnumerateArray());
        Assert.Equal(2, load.GetProperty("users").GetInt32());
        Assert.Equal(0, load.GetProperty("load").GetProperty("failed").GetInt32());
        Assert.Equal(8, weight.GetProperty("entries").GetInt32());
        Assert.True(weight.GetProperty("verify").GetProperty("evidence").GetProperty("count").GetInt32() > 0);
        Assert.Equal(0, weight.GetProperty("verify").GetProperty("failed").GetInt32());
        Assert.Equal(0, weight.GetProperty("provision").GetProperty("failed").GetInt32());
        Assert.Contains("| users | evidence a second | as their plots count | median | p95 | max | failed | verifier's processors | published: as plotted |", markdown, StringComparison.Ordinal);
        Assert.Contains("| reference entries, 2 users | builds | evidence a second |", markdown, StringComparison.Ordinal);
        Assert.Contains("no ratio between them is one of hardware", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void The_published_figures_are_those_of_the_report()
    {
        Assert.Equal(new PublishedLoad("415 to 435", "282", "about 100 ms", "560 ms", "10 to 12 s", "31 of 42,343"), PublishedLoad.Of(102));
        Assert.Equal("", PublishedLoad.Of(10).PerSecond);
        Assert.Equal([33, 17, 11, 4, 2.5], VeraisonPlan.StandardEntries.Select(entries => PublishedWeight.Of(entries)!.Value));
        Assert.Null(PublishedWeight.Of(8));
        Assert.All(VeraisonPlan.StandardEntries, entries => Assert.Equal(0, entries % VeraisonPlan.EntriesPerBuild));
    }

    [Fact]
    public void A_rate_as_their_plots_count_it_is_the_mean_over_the_requests_and_their_sum()
    {
        RequestFigures request = RequestFigures.Of([5, 1, 3], 1, TimeSpan.FromSeconds(1));
        UserLoadFigures load = new(new Dictionary<UserRequest, RequestFigures> { [UserRequest.Challenge] = request, [UserRequest.Evidence] = request, [UserRequest.Result] = request }, 1);

        Assert.Equal(4.5, load.AsPlottedPerSecond);
        Assert.Equal((3.0, 3.0, 5.0, 5.0), (load.Evidence.PerSecond, load.Evidence.MedianMs, load.Evidence.P95Ms, load.Evidence.MaxMs));
        Assert.Equal(3, load.Failed);
    }

    [Theory]
    [InlineData("--users", "0")]
    [InlineData("--users", "20", "10")]
    [InlineData("--users", "1001")]
    [InlineData("--entries", "8", "8")]
    [InlineData("--seconds", "0")]
    [InlineData("--entry-users", "0")]
    [InlineData("--postgres", "Hos=127.0.0.1")]
    public async Task What_cannot_be_run_is_told_before_anything_is(params string[] words)
    {
        CommandResult result = (await _line.RunAsync(["bench", "veraison", .. words])).Ended(2);

        Assert.DoesNotContain("users, ", result.Error, StringComparison.Ordinal);
    }
}
