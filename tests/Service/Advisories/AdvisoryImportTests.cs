using System.Text.Json;
using IotAttest.Domain.Advisories;

namespace IotAttest.Service.Tests.Advisories;

/// <summary>Who may import what, what stays of earlier revisions, and what an embargo hides.</summary>
public sealed class AdvisoryImportTests : IAsyncLifetime
{
    private const string Library = "pkg:generic/libfiction@2.0";

    private AdvisoryScene _scene = null!;

    public async Task InitializeAsync() => _scene = await AdvisoryScene.StartAsync();

    public async Task DisposeAsync() => await _scene.DisposeAsync();

    [Fact]
    public async Task A_file_is_taken_once_a_version_stays_as_it_is_and_earlier_ones_stay_readable()
    {
        string first = AdvisoryFiles.Affected(Library);
        string second = AdvisoryFiles.Csaf(version: 2, statuses: [("fixed", Library)]);

        await _scene.TakeAsync(first);
        Assert.Equal(200, await _scene.ImportAsync(first).StatusAsync());
        await _scene.ImportAsync(AdvisoryFiles.Affected(Library, score: 1)).AssertProblemAsync(409, "Conflict");
        JsonElement answer = await _scene.TakeAsync(second);
        await _scene.ImportAsync(first).AssertProblemAsync(409, "Conflict");

        Assert.Equal([("1", "replaced"), ("2", "in-force")], answer.GetProperty("revisions").EnumerateArray().Select(revision => (revision.Text("version"), revision.Text("status"))));
        Assert.Equal(first, await _scene.Work.Anybody.GetStringAsync(new Uri("/v1/advisories/FICTION-2099-0001/document?revision=1", UriKind.Relative)));
        Assert.Equal(second, await _scene.Work.Anybody.GetStringAsync(new Uri("/v1/advisories/FICTION-2099-0001/document", UriKind.Relative)));
        Assert.Equal("1", (await _scene.Work.Anybody.GetJsonAsync("/v1/advisories/FICTION-2099-0001?revision=1")).GetProperty("advisory").Text("version"));
        Assert.Single((await _scene.Work.Anybody.GetJsonAsync("/v1/advisories")).GetProperty("advisories").EnumerateArray());
        Assert.Equal(["1", "2"], (await _scene.EventsAsync("advisory.published,advisory.updated")).Select(data => data.Text("version")));
    }

    [Fact]
    public async Task What_cannot_be_read_is_refused_with_where()
    {
        JsonElement problem = await _scene.ImportAsync("{}").AssertProblemAsync(400, "Malformed");
        Assert.Contains("document", problem.Text("seen"), StringComparison.Ordinal);
        await _scene.ImportAsync(new string(' ', AdvisoryReader.MaxBytes + 1)).AssertProblemAsync(413, "TooLarge");
        await _scene.ImportAsync(AdvisoryFiles.Affected(Library), query: "?embargoUntil=soon").AssertProblemAsync(400, "Malformed");
    }

    [Fact]
    public async Task A_manufacturer_speaks_of_its_own_builds_alone_and_a_body_of_all()
    {
        string build = (await _scene.SubmitAsync("1.2.0", AdvisoryScene.SbomWith("libfiction"))).Text("id");
        using HttpClient rival = await _scene.Work.Verifier.OrganisationAsync("rival", "manufacturer");

        JsonElement theirs = await _scene.TakeAsync(AdvisoryFiles.Csaf("RIVAL-1", statuses: [("known_affected", Library), ("known_affected", $"urn:uuid:{build}")]), rival);
        Assert.Equal(("rival", 0), (theirs.GetProperty("advisory").Text("scope"), theirs.GetProperty("builds").GetArrayLength()));
        Assert.Empty(await _scene.AdvisoriesOfAsync(build));
        JsonElement later = await _scene.SubmitAsync("1.3.0", AdvisoryScene.SbomWith("libfiction"));
        Assert.Empty(later.GetProperty("advisories").EnumerateArray());

        JsonElement own = await _scene.TakeAsync(AdvisoryFiles.Csaf("RIVAL-1", statuses: [("known_affected", Library)]), _scene.Work.Maker);
        Assert.StartsWith("RIVAL-1-", own.GetProperty("advisory").Text("id"), StringComparison.Ordinal);
        Assert.Equal(2, own.GetProperty("builds").GetArrayLength());
        await _scene.TakeAsync(AdvisoryFiles.OpenVex($"urn:uuid:{build}"), rival);
        Assert.Single(await _scene.AdvisoriesOfAsync(build));
        await _scene.TakeAsync(AdvisoryFiles.OpenVex($"urn:uuid:{build}", timestamp: "2026-11-04T00:00:00Z"));
        Assert.Empty(await _scene.AdvisoriesOfAsync(build));
    }

    [Fact]
    public async Task Everybody_sees_which_builds_and_only_those_who_may_see_parts_see_which_part()
    {
        await _scene.SubmitAsync("1.2.0", AdvisoryScene.SbomWith("libfiction"));
        await _scene.TakeAsync(AdvisoryFiles.Csaf(statuses: [("known_affected", Library), ("known_affected", "libfiction|before 3")]));
        using HttpClient rival = await _scene.Work.Verifier.OrganisationAsync("rival", "manufacturer");

        foreach (HttpClient stranger in new[] { rival, _scene.Work.Anybody })
        {
            JsonElement seen = await stranger.GetJsonAsync("/v1/advisories/FICTION-2099-0001");
            Assert.Equal("affected", Assert.Single(seen.GetProperty("builds").EnumerateArray()).Text("status"));
            Assert.Empty(seen.GetProperty("needsPerson").EnumerateArray());
            Assert.All(["component", "product", "why"], member => Assert.Equal(JsonValueKind.Null, seen.GetProperty("builds")[0].GetProperty(member).ValueKind));
        }

        foreach (HttpClient insider in new[] { _scene.Work.Maker, _scene.Work.Body })
        {
            JsonElement seen = await insider.GetJsonAsync("/v1/advisories/FICTION-2099-0001");
            Assert.Equal(Library, seen.GetProperty("builds")[0].Text("component"));
            Assert.Single(seen.GetProperty("needsPerson").EnumerateArray());
        }
    }

    [Fact]
    public async Task Until_the_embargo_ends_others_see_nothing_and_nothing_happens()
    {
        string build = (await _scene.SubmitAsync("1.2.0", AdvisoryScene.SbomWith("libfiction"))).Text("id");
        JsonElement answer = await _scene.TakeAsync(AdvisoryFiles.Affected(Library), query: "?embargoUntil=2026-11-22T13:00:00Z");
        using HttpClient auditor = await _scene.Work.Verifier.OrganisationAsync("eye", "auditor");

        Assert.Equal("embargoed", answer.GetProperty("advisory").Text("status"));
        Assert.Single(answer.GetProperty("builds").EnumerateArray());
        foreach (HttpClient other in new[] { _scene.Work.Maker, _scene.Work.Anybody })
        {
            foreach (string path in new[] { "", "/document", "/adoption" })
            {
                await other.GetAsync(new Uri($"/v1/advisories/FICTION-2099-0001{path}", UriKind.Relative)).AssertProblemAsync(404, "NotFound");
            }

            Assert.Empty((await other.GetJsonAsync("/v1/advisories")).GetProperty("advisories").EnumerateArray());
        }

        Assert.Single((await auditor.GetJsonAsync("/v1/advisories")).GetProperty("advisories").EnumerateArray());
        Assert.Empty(await _scene.AdvisoriesOfAsync(build));
        Assert.Empty(await _scene.EventsAsync("advisory.published,build.vulnerable", auditor));

        _scene.Work.Clock.Advance(TimeSpan.FromHours(1));
        await Eventually.TrueAsync(async () => (await _scene.AdvisoriesOfAsync(build)).Length == 1, "the embargo ended");

        Assert.Equal("in-force", (await _scene.Work.Anybody.GetJsonAsync("/v1/advisories/FICTION-2099-0001")).GetProperty("advisory").Text("status"));
        Assert.Equal(2, (await _scene.EventsAsync("advisory.published,build.vulnerable")).Length);
    }

    [Fact]
    public async Task A_statement_dated_in_the_future_counts_from_its_import()
    {
        string build = (await _scene.SubmitAsync("1.2.0")).Text("id");
        await _scene.TakeAsync(AdvisoryFiles.OpenVex($"urn:uuid:{build}", timestamp: "2090-01-01T00:00:00Z"), _scene.Work.Maker);
        _scene.Work.Clock.Advance(TimeSpan.FromSeconds(1));

        await _scene.TakeAsync(AdvisoryFiles.Csaf(updatedAt: "2089-01-01T00:00:00Z", statuses: [("known_affected", $"urn:uuid:{build}")]));

        Assert.Single(await _scene.AdvisoriesOfAsync(build));
    }
}
