using System.Text.Json;
using IotAttest.Service.Registry;
using IotAttest.Service.Registry.Stats;
using IotAttest.Service.Tests.Certificates;

namespace IotAttest.Service.Tests.PublicRegistry;

/// <summary>The registry in figures.</summary>
public sealed class StatsTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private BodyAtWork _work = null!;
    private HttpClient _anybody = null!;

    public async Task InitializeAsync()
    {
        _work = await BodyAtWork.StartAsync();
        _anybody = _work.Verifier.Anybody();
    }

    public async Task DisposeAsync()
    {
        _anybody.Dispose();
        await _work.DisposeAsync();
    }

    [Fact]
    public async Task Certificates_are_counted_by_status_scheme_and_level_and_what_happened_by_type()
    {
        await _work.IssueAsync(_work.Certificate("DEMO-1"));
        await _work.IssueAsync(_work.Certificate("DEMO-2"));
        await _work.TakeAsync(new { decision = "withdraw", reason = "test" });
        _work.Clock.Advance(LiveConformity.Age);

        JsonElement stats = await _anybody.GetJsonAsync("/v1/stats");

        JsonElement certificates = stats.GetProperty("certificates");
        Assert.Equal(2, certificates.GetProperty("total").GetInt64());
        Assert.Equal((1, 1), (certificates.GetProperty("byStatus").GetProperty("Certified").GetInt64(), certificates.GetProperty("byStatus").GetProperty("Withdrawn").GetInt64()));
        JsonElement level = Assert.Single(certificates.GetProperty("bySchemeAndLevel").EnumerateArray());
        Assert.Equal((2, 1), (level.GetProperty("total").GetInt64(), level.GetProperty("inForce").GetInt64()));
        Assert.Equal(1, stats.GetProperty("builds").GetProperty("total").GetInt64());
        Assert.Equal(3, stats.GetProperty("changes").GetProperty("byType").GetProperty("certificate.status").GetInt64());
        Assert.Equal(1, stats.GetProperty("changes").GetProperty("byType").GetProperty("build.submitted").GetInt64());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public async Task A_change_counts_for_thirty_days(int msTooLate, int expected)
    {
        _work.Clock.Advance(RegistryStats.Recent + TimeSpan.FromMilliseconds(msTooLate));

        JsonElement byType = (await _anybody.GetJsonAsync("/v1/stats")).GetProperty("changes").GetProperty("byType");

        Assert.Equal(expected == 1, byType.TryGetProperty("build.submitted", out _));
    }

    [Fact]
    public async Task Boards_are_added_up_from_what_is_told_of_each_build_and_none_is_named()
    {
        using TestBoard board = new(_work.Verifier);
        await board.EnrolAsync();

        JsonElement stats = await _anybody.GetJsonAsync("/v1/stats");

        Assert.Equal((10, 0, 0), (stats.GetProperty("boards").GetProperty("least").GetInt32(), stats.GetProperty("boards").GetProperty("builds").GetInt32(), stats.GetProperty("boards").GetProperty("total").GetInt32()));
        Assert.DoesNotContain(board.Ueid, stats.GetRawText(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Builds_with_few_boards_and_counts_that_are_left_out_add_nothing()
    {
        LiveTotals totals = LiveTotals.Of(
        [
            LiveView.Of("a", new BoardTally { Conformant = 30, Drifted = 9 }, Now),
            LiveView.Of("b", new BoardTally { Conformant = 10, Drifted = 10 }, Now),
            LiveView.Of("c", new BoardTally { Conformant = 9 }, Now),
        ]);

        Assert.Equal((2, 50), (totals.Builds, totals.Total));
        Assert.Equal((40, 10), (totals.Counts["conformant"], totals.Counts["drifted"]));
    }
}
