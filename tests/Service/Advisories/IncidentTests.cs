using System.Text.Json;
using IotAttest.Support;

namespace IotAttest.Service.Tests.Advisories;

/// <summary>Article 14 of Regulation (EU) 2024/2847 as clocks; nothing is ever sent.</summary>
public sealed class IncidentTests : IAsyncLifetime
{
    private const string Library = "pkg:generic/libfiction@2.0";
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private AdvisoryScene _scene = null!;

    private HttpClient Maker => _scene.Work.Maker;

    private FakeClock Clock => _scene.Work.Clock;

    public async Task InitializeAsync() => _scene = await AdvisoryScene.StartAsync();

    public async Task DisposeAsync() => await _scene.DisposeAsync();

    [Fact]
    public async Task Story_10_Meet_the_reporting_clocks()
    {
        await _scene.SubmitAsync("1.2.0", AdvisoryScene.SbomWith("libfiction"), certified: true);
        await FleetAsync("fleet-de", "DE", 2);
        await FleetAsync("fleet-fr", "FR", 1);
        await FleetAsync("fleet-nowhere", null, 1);
        await _scene.TakeAsync(AdvisoryFiles.Affected(Library));

        JsonElement opened = await OpenAsync("/v1/advisories/FICTION-2099-0001/exploited", new { reason = "seen in the wild" });
        string id = opened.Text("id");
        Assert.Equal(["2026-11-23T12:00:00Z false", "2026-11-25T12:00:00Z false", " false"], Clocks(opened));

        Clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal(["2026-11-23T12:00:00Z false", "2026-11-25T12:00:00Z false", " false"], Clocks(await ReadAsync(id)));
        Clock.Advance(Second);
        Assert.Equal(["2026-11-23T12:00:00Z true", "2026-11-25T12:00:00Z false", " false"], Clocks(await ReadAsync(id)));
        await Eventually.TrueAsync(async () => (await _scene.EventsAsync("incident.clock-overdue")).Length == 1, "the overdue clock is told once");
        Assert.Equal(("early-warning", id), ((await _scene.EventsAsync("incident.clock-overdue"))[0].Text("clock"), (await _scene.EventsAsync("incident.clock-overdue"))[0].Text("incident")));
        await StepAsync(id, "early-warning", "2026-11-23T11:59:59Z");
        await StepAsync(id, "notification");
        Assert.Equal(["2026-11-23T12:00:00Z false", "2026-11-25T12:00:00Z false", " false"], Clocks(await ReadAsync(id)));

        Clock.Advance(TimeSpan.FromDays(40));
        Assert.Equal(" false", Clocks(await ReadAsync(id))[2]);
        JsonElement fixedNow = await StepAsync(id, "fix-available");
        Assert.Equal("2027-01-16T12:00:01Z false", Clocks(fixedNow)[2]);
        Clock.Advance(TimeSpan.FromDays(14));
        Assert.EndsWith("false", Clocks(await ReadAsync(id))[2], StringComparison.Ordinal);
        Clock.Advance(Second);
        Assert.EndsWith("true", Clocks(await ReadAsync(id))[2], StringComparison.Ordinal);

        JsonElement export = await Maker.GetJsonAsync($"/v1/incidents/{id}/export");
        Assert.Equal([("DE", 2), ("FR", 1)], export.GetProperty("countries").EnumerateArray().Select(country => (country.Text("country"), country.GetProperty("devices").GetInt32())));
        Assert.Equal((4, 1), (export.GetProperty("devices").GetInt32(), export.GetProperty("devicesWithoutCountry").GetInt32()));
        Assert.Equal(AdvisoryFiles.Cve, export.GetProperty("vulnerabilities")[0].Text("id"));
        Assert.Equal("1.2.0", export.GetProperty("builds")[0].Text("version"));
        Assert.StartsWith("Nothing was sent", export.Text("notice"), StringComparison.Ordinal);
        Assert.Equal("closed", (await StepAsync(id, "close")).Text("status"));
    }

    [Fact]
    public async Task Story_10_Meet_the_reporting_clocks_a_severe_incident_ends_one_month_after_the_notification_is_recorded_and_counts_boards_with_unknown_firmware()
    {
        await _scene.SubmitAsync("1.2.0", certified: true);
        using TestBoard board = await new TestBoard(_scene.Work.Verifier).EnrolAsync();
        Assert.Equal("Compromised", (await board.AttestAsync(Firmware.Tampered)).Text("conformity"));

        string id = (await OpenAsync("/v1/incidents", new { title = "Unknown firmware on boards", reason = "found today", at = "2026-11-22T11:00:00Z" })).Text("id");
        await StepAsync(id, "fix-available");
        Assert.Equal(" false", Clocks(await ReadAsync(id))[2]);
        Clock.Advance(TimeSpan.FromDays(2));
        JsonElement notified = await StepAsync(id, "notification");

        Assert.Equal(["2026-11-23T11:00:00Z true", "2026-11-25T11:00:00Z false", "2026-12-24T12:00:00Z false"], Clocks(notified));
        Assert.Equal(1, (await Maker.GetJsonAsync($"/v1/incidents/{id}/export")).GetProperty("devices").GetInt32());
    }

    [Fact]
    public async Task Steps_are_recorded_once_with_a_reason_and_incidents_are_opened_once()
    {
        await _scene.SubmitAsync("1.2.0", AdvisoryScene.SbomWith("libfiction"));
        await _scene.TakeAsync(AdvisoryFiles.Affected(Library));
        string id = (await OpenAsync("/v1/advisories/FICTION-2099-0001/exploited", new { reason = "seen" })).Text("id");

        await Maker.PostJsonAsync("/v1/advisories/FICTION-2099-0001/exploited", new { reason = "again" }).AssertProblemAsync(409, "Conflict");
        await Maker.PostJsonAsync("/v1/advisories/NONE/exploited", new { reason = "x" }).AssertProblemAsync(404, "NotFound");
        await Maker.PostJsonAsync("/v1/advisories/FICTION-2099-0001/exploited", new { at = "2026-11-22T12:00:01Z", reason = "tomorrow" }).AssertProblemAsync(409, "Conflict");
        await PostStepAsync(id, new { step = "early-warning" }).AssertProblemAsync(400, "Malformed");
        await PostStepAsync(id, new { step = "sent", reason = "x" }).AssertProblemAsync(400, "Malformed");
        await PostStepAsync(id, new { step = "early-warning", at = "2026-11-22T11:59:59Z", reason = "before" }).AssertProblemAsync(409, "Conflict");
        await PostStepAsync(id, new { step = "early-warning", at = "2026-11-22T12:00:01Z", reason = "after now" }).AssertProblemAsync(400, "Malformed");
        await StepAsync(id, "early-warning");
        await PostStepAsync(id, new { step = "early-warning", reason = "twice" }).AssertProblemAsync(409, "Conflict");
        await StepAsync(id, "close");
        await PostStepAsync(id, new { step = "notification", reason = "late" }).AssertProblemAsync(409, "Conflict");
    }

    [Fact]
    public async Task Incidents_and_their_clocks_are_for_their_manufacturer_auditors_and_the_operator()
    {
        await _scene.SubmitAsync("1.2.0", AdvisoryScene.SbomWith("libfiction"));
        await _scene.TakeAsync(AdvisoryFiles.Affected(Library));
        string id = (await OpenAsync("/v1/advisories/FICTION-2099-0001/exploited", new { reason = "seen" })).Text("id");
        using HttpClient rival = await _scene.Work.Verifier.OrganisationAsync("rival", "manufacturer");
        using HttpClient auditor = await _scene.Work.Verifier.OrganisationAsync("eye", "auditor");
        Clock.Advance(TimeSpan.FromHours(25));
        await Eventually.TrueAsync(async () => (await _scene.EventsAsync("incident.clock-overdue")).Length == 1, "the overdue clock");

        await rival.PostJsonAsync("/v1/advisories/FICTION-2099-0001/exploited", new { reason = "mine" }).AssertProblemAsync(403, "Forbidden");
        await rival.GetAsync(new Uri($"/v1/incidents/{id}", UriKind.Relative)).AssertProblemAsync(404, "NotFound");
        Assert.Empty((await rival.GetJsonAsync("/v1/incidents")).GetProperty("incidents").EnumerateArray());
        Assert.Empty(await _scene.EventsAsync("incident.clock-overdue", rival));
        Assert.Single((await auditor.GetJsonAsync("/v1/incidents")).GetProperty("incidents").EnumerateArray());
        Assert.Single(await _scene.EventsAsync("incident.clock-overdue", auditor));
        Assert.Equal(id, Assert.Single((await Maker.GetJsonAsync("/v1/incidents")).GetProperty("incidents").EnumerateArray()).Text("id"));
    }

    [Fact]
    public async Task The_operator_acts_for_a_manufacturer_that_it_names()
    {
        using HttpClient client = _scene.Work.Verifier.Operator();

        await client.PostJsonAsync("/v1/incidents", new { title = "t", reason = "r" }).AssertProblemAsync(400, "Malformed");
        await client.PostJsonAsync("/v1/incidents", new { title = "t", reason = "r", organisation = "nobody" }).AssertProblemAsync(404, "NotFound");
        Assert.Equal(201, await client.PostJsonAsync("/v1/incidents", new { title = "t", reason = "r", organisation = "acme" }).StatusAsync());
        Assert.Single((await Maker.GetJsonAsync("/v1/incidents")).GetProperty("incidents").EnumerateArray());
    }

    private async Task FleetAsync(string owner, string? country, int boards)
    {
        using HttpClient client = _scene.Work.Verifier.Operator();
        Assert.Equal(201, await client.PostJsonAsync("/v1/organisations", new { name = owner, roles = new[] { "integrator" }, country }).StatusAsync());
        Assert.Equal(country, (await client.GetJsonAsync($"/v1/organisations/{owner}")).GetProperty("country").GetString());
        for (int i = 0; i < boards; i++)
        {
            using TestBoard board = await new TestBoard(_scene.Work.Verifier).EnrolAsync("owner", owner);
            Assert.Equal("Conformant", (await board.AttestAsync(AdvisoryScene.FirmwareOf("1.2.0"))).Text("conformity"));
        }
    }

    private static string[] Clocks(JsonElement incident) =>
        [.. incident.GetProperty("clocks").EnumerateArray().Select(clock => $"{clock.GetProperty("dueAt").GetString()} {clock.GetProperty("overdue").GetRawText()}")];

    private async Task<JsonElement> OpenAsync(string path, object body)
    {
        using HttpResponseMessage response = await Maker.PostJsonAsync(path, body);
        Assert.True((int)response.StatusCode == 201, await response.Content.ReadAsStringAsync());
        return await response.JsonAsync();
    }

    private Task<JsonElement> ReadAsync(string id) => Maker.GetJsonAsync($"/v1/incidents/{id}");

    private Task<HttpResponseMessage> PostStepAsync(string id, object step) => Maker.PostJsonAsync($"/v1/incidents/{id}/steps", step);

    private async Task<JsonElement> StepAsync(string id, string step, string? at = null)
    {
        using HttpResponseMessage response = await PostStepAsync(id, new { step, at, reason = "done" });
        Assert.True((int)response.StatusCode == 200, await response.Content.ReadAsStringAsync());
        return await response.JsonAsync();
    }
}
