using System.Text.Json;
using IotAttest.Domain.Corim;
using IotAttest.Service.Tests.Certificates;

namespace IotAttest.Service.Tests.PublicRegistry;

public sealed class SearchTests : IAsyncLifetime
{
    private BodyAtWork _work = null!;

    public async Task InitializeAsync()
    {
        _work = await BodyAtWork.StartAsync();
        await _work.IssueAsync(_work.Certificate("DEMO-1"));
        await _work.IssueAsync(_work.Certificate("DEMO-2", level: "basic"));
        _work.Clock.Advance(TimeSpan.FromDays(10));
        await _work.TakeAsync(new { decision = "suspend", reason = "test", actions = new[] { "mend it" } }, "DEMO-2");
        await _work.IssueAsync(_work.Certificate("DEMO-3", level: "high") with { Categories = ["camera", "smart-home"] });
    }

    public async Task DisposeAsync() => await _work.DisposeAsync();

    [Theory]
    [InlineData("", "DEMO-3,DEMO-2,DEMO-1")]
    [InlineData("DEMO-2", "DEMO-2")]
    [InlineData("demo-2", "DEMO-2")]
    [InlineData("sensor", "DEMO-3,DEMO-2,DEMO-1")]
    [InlineData("sensor demo-1", "DEMO-1")]
    [InlineData("acme 1.0.0", "DEMO-3,DEMO-2,DEMO-1")]
    [InlineData("https://registry.example/certificates/DEMO-3", "DEMO-3")]
    [InlineData("https://registry.example/certificates/DEMO%2D3?lang=de", "DEMO-3")]
    [InlineData(Boards.Class, "DEMO-3,DEMO-2,DEMO-1")]
    [InlineData("100%", "")]
    [InlineData("DEMO_1", "")]
    [InlineData("nothing", "")]
    public async Task Anything_that_is_printed_on_the_thing_finds_it(string text, string expected) =>
        Assert.Equal(expected, string.Join(',', await FindAsync($"q={Uri.EscapeDataString(text)}")));

    [Fact]
    public async Task A_digest_finds_by_component_manifest_and_certificate_file()
    {
        string component = _work.Manifest.Components[0].Digest.ToString();
        string manifest = Sha256Digest.Of(_work.ManifestFile).ToString();
        string file = (await _work.ReadAsync("DEMO-2")).Text("corimSha256");

        Assert.Equal(3, (await FindAsync($"q={component}")).Length);
        Assert.Equal(3, (await FindAsync($"q={manifest["sha256:".Length..].ToUpperInvariant()}")).Length);
        Assert.Equal(["DEMO-2"], await FindAsync($"q={file}"));
    }

    [Theory]
    [InlineData("status=Suspended", "DEMO-2")]
    [InlineData("level=high", "DEMO-3")]
    [InlineData("scheme=demo&status=Certified", "DEMO-3,DEMO-1")]
    [InlineData("category=camera", "DEMO-3")]
    [InlineData("category=cam", "")]
    [InlineData("holder=acme&q=demo-1", "DEMO-1")]
    [InlineData("holder=someone", "")]
    [InlineData("jurisdiction=SG", "")]
    public async Task Filters_narrow_down(string query, string expected) => Assert.Equal(expected, string.Join(',', await FindAsync(query)));

    [Fact]
    public async Task A_count_beside_a_filter_is_what_the_filter_would_leave()
    {
        JsonElement found = await _work.Anybody.GetJsonAsync("/v1/search?status=Certified");

        JsonElement facets = found.GetProperty("facets");
        Assert.Equal(2, found.GetProperty("total").GetInt64());
        Assert.Equal(["Certified 2", "Suspended 1"], Counts(facets, "status"));
        Assert.Equal(["high 1", "substantial 1"], Counts(facets, "level"));
        Assert.Equal(["camera 1", "smart-home 1"], Counts(facets, "category"));
        foreach (JsonElement value in facets.GetProperty("level").EnumerateArray())
        {
            Assert.Equal(value.GetProperty("count").GetInt32(), (await FindAsync($"status=Certified&level={value.Text("value")}")).Length);
        }
    }

    [Fact]
    public async Task With_a_moment_it_is_the_registry_of_that_moment()
    {
        Assert.Equal(["DEMO-2", "DEMO-1"], await FindAsync("at=2026-11-25"));
        Assert.Equal(["DEMO-2", "DEMO-1"], await FindAsync("at=2026-11-25&status=Certified"));
        Assert.Empty(await FindAsync("at=2026-11-01"));
        _work.Clock.Advance(TimeSpan.FromDays(400));
        Assert.Equal(["DEMO-3", "DEMO-2", "DEMO-1"], await FindAsync("status=Expired"));
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repetition()
    {
        List<string> seen = [];
        string? cursor = "0";
        while (cursor is not null)
        {
            JsonElement page = await _work.Anybody.GetJsonAsync($"/v1/search?limit=2&cursor={cursor}");
            seen.AddRange(page.GetProperty("results").EnumerateArray().Select(hit => hit.Text("id")));
            cursor = page.GetProperty("next").GetString();
        }

        Assert.Equal(["DEMO-3", "DEMO-2", "DEMO-1"], seen);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=101")]
    [InlineData("cursor=-1")]
    [InlineData("cursor=100001")]
    [InlineData("status=Fine")]
    [InlineData("status=1")]
    [InlineData("at=tomorrow")]
    [InlineData("at=2036-01-01")]
    public Task What_means_nothing_is_400(string query) => _work.Anybody.GetAsync(new Uri($"/v1/search?{query}", UriKind.Relative)).AssertProblemAsync(400, "Malformed");

    [Theory]
    [InlineData("limit=1")]
    [InlineData("limit=100")]
    [InlineData("cursor=100000")]
    [InlineData("scheme=&level=&status=&at=")]
    public async Task The_last_value_that_is_taken_is_taken(string query) => Assert.Equal(200, await _work.Anybody.GetAsync(new Uri($"/v1/search?{query}", UriKind.Relative)).StatusAsync());

    private async Task<string[]> FindAsync(string query) =>
        [.. (await _work.Anybody.GetJsonAsync($"/v1/search?{query}")).GetProperty("results").EnumerateArray().Select(hit => hit.Text("id"))];

    private static IEnumerable<string> Counts(JsonElement facets, string name) =>
        facets.GetProperty(name).EnumerateArray().Select(value => $"{value.Text("value")} {value.GetProperty("count").GetInt64()}");
}
