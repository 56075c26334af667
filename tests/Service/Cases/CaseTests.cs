using System.Data.Common;
using System.Text.Json;
using Dapper;
using IotAttest.Service.Cases;
using IotAttest.Service.Storage;
using IotAttest.Service.Tests.Certificates;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Tests.Cases;

public sealed class CaseTests : IAsyncLifetime
{
    private BodyAtWork _work = null!;
    private HttpClient _stranger = null!;

    public async Task InitializeAsync()
    {
        _work = await BodyAtWork.StartAsync();
        _stranger = await _work.Verifier.OrganisationAsync("stranger", "manufacturer");
        await _work.IssueAsync(_work.Certificate());
    }

    public async Task DisposeAsync()
    {
        _stranger.Dispose();
        await _work.DisposeAsync();
    }

    [Theory]
    [InlineData("nonConformity", false, true, false)]
    [InlineData("complaint", true, true, true)]
    public async Task Each_type_is_opened_by_who_may(string type, bool byHolder, bool byBody, bool byStranger)
    {
        object request = new { type, certificate = "DEMO-1", summary = "x" };

        Assert.Equal(
            (byHolder ? 201 : 403, byBody ? 201 : 403, byStranger ? 201 : 403),
            (await _work.Maker.PostJsonAsync("/v1/cases", request).StatusAsync(), await _work.Ann.PostJsonAsync("/v1/cases", request).StatusAsync(), await _stranger.PostJsonAsync("/v1/cases", request).StatusAsync()));
    }

    [Fact]
    public async Task A_complaint_is_between_whoever_complains_and_the_body()
    {
        string id = await OpenedAsync(_stranger, new { type = "complaint", certificate = "DEMO-1", summary = "the product shipped another build" });

        Assert.Empty(await NumbersAsync(_work.Maker));
        await _work.Maker.GetAsync(new Uri($"/v1/cases/{id}", UriKind.Relative)).AssertProblemAsync(404, "NotFound");
        await ActAsync(_work.Maker, id, new { action = "note", rationalePublic = "x" }).AssertProblemAsync(404, "NotFound");
        Assert.Empty(await EventsAsync(_work.Maker));
        Assert.Equal([id], await NumbersAsync(_work.Body));
        Assert.Equal(200, await ActAsync(_work.Ann, id, new { action = "assign", person = "ann" }).StatusAsync());
        Assert.Equal(200, await ActAsync(_work.Ann, id, new { action = "decide", outcome = "dismissed", rationalePublic = "the build is the certified one", rationaleConfidential = "inside" }).StatusAsync());

        JsonElement seen = await _stranger.GetJsonAsync($"/v1/cases/{id}");
        Assert.Equal(("decided", "dismissed"), (seen.Text("state"), seen.Text("outcome")));
        Assert.DoesNotContain("inside", seen.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("ann", seen.GetProperty("history").GetRawText().Replace("another", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(["open", "assign", "decide"], (await EventsAsync(_stranger)).Select(item => item.GetProperty("data").Text("step")));
    }

    [Fact]
    public async Task Nobody_else_sees_a_case_and_an_auditor_sees_all_of_it()
    {
        string id = await OpenedAsync(_work.Ann, new { type = "nonConformity", certificate = "DEMO-1", summary = "drift in the field" });
        Assert.Equal(200, await ActAsync(_work.Ann, id, new { action = "note", rationalePublic = "asked for a remedy", rationaleConfidential = "inside" }).StatusAsync());
        using HttpClient auditor = await _work.Verifier.OrganisationAsync("court", "auditor");

        Assert.Empty(await NumbersAsync(_stranger));
        await ActAsync(_stranger, id, new { action = "note", rationalePublic = "x" }).AssertProblemAsync(404, "NotFound");
        Assert.Empty(await EventsAsync(_stranger));
        Assert.Contains("inside", (await auditor.GetJsonAsync($"/v1/cases/{id}")).GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("inside", (await _work.Maker.GetJsonAsync($"/v1/cases/{id}")).GetRawText(), StringComparison.Ordinal);
        Assert.Equal(2, (await EventsAsync(_work.Maker)).Length);
        await ActAsync(auditor, id, new { action = "note", rationalePublic = "x" }).AssertProblemAsync(403, "Forbidden");
        using HttpClient operatorClient = _work.Verifier.Operator();
        await ActAsync(operatorClient, id, new { action = "decide", outcome = "dismissed", rationalePublic = "x" }).AssertProblemAsync(403, "Forbidden");
    }

    [Fact]
    public async Task The_holder_answers_in_a_case_and_decides_nothing_in_it()
    {
        string id = await OpenedAsync(_work.Ann, new { type = "nonConformity", certificate = "DEMO-1", summary = "x" });

        Assert.Equal(200, await ActAsync(_work.Maker, id, new { action = "note", rationalePublic = "we propose build 1.0.1" }).StatusAsync());
        await ActAsync(_work.Maker, id, new { action = "note", rationalePublic = "x", clock = "remedy" }).AssertProblemAsync(403, "Forbidden");
        await ActAsync(_work.Maker, id, new { action = "note", rationalePublic = "x", rationaleConfidential = "x" }).AssertProblemAsync(403, "Forbidden");
        await ActAsync(_work.Maker, id, new { action = "decide", outcome = "remedied", rationalePublic = "x" }).AssertProblemAsync(403, "Forbidden");
        await ActAsync(_work.Maker, id, new { action = "assign", person = "eve" }).AssertProblemAsync(403, "Forbidden");
        await ActAsync(_work.Ann, id, new { action = "decide", outcome = "upheld", rationalePublic = "x" }).AssertProblemAsync(422, "UnknownOutcome");
        Assert.Equal(200, await ActAsync(_work.Ann, id, new { action = "decide", outcome = "remedied", rationalePublic = "build 1.0.1 is out" }).StatusAsync());
        Assert.Equal("Certified", await _work.StatusAsync());
    }

    [Fact]
    public async Task An_incident_is_no_case_it_has_routes_of_its_own() =>
        await _work.Maker.PostJsonAsync("/v1/cases", new { type = "incident", certificate = "DEMO-1", summary = "unknown firmware in the field" }).AssertProblemAsync(400, "Malformed");

    [Fact]
    public async Task The_first_board_that_leaves_a_certified_build_opens_one_case_and_changes_no_certificate()
    {
        using TestBoard one = await new TestBoard(_work.Verifier).EnrolAsync();
        using TestBoard two = await new TestBoard(_work.Verifier).EnrolAsync();
        using TestBoard never = await new TestBoard(_work.Verifier).EnrolAsync();
        await one.AttestAsync(_work.Measured);
        await two.AttestAsync(_work.Measured);
        await never.AttestAsync(Firmware.Tampered);
        Assert.Empty(await NumbersAsync(_work.Body));

        Assert.Equal("Compromised", (await LeaveAsync(one)).Text("conformity"));
        Assert.Equal("Compromised", (await LeaveAsync(two)).Text("conformity"));

        JsonElement opened = Assert.Single((await _work.Body.GetJsonAsync("/v1/cases")).GetProperty("cases").EnumerateArray());
        Assert.Equal(("nonConformity", "DEMO-1", "verifier", "acme"), (opened.Text("type"), opened.Text("certificate"), opened.Text("openedBy"), opened.Text("holder")));
        Assert.Equal(("remedy", "2026-12-22T12:01:00Z"), (opened.GetProperty("clocks")[0].Text("name"), opened.GetProperty("clocks")[0].Text("dueAt")));
        Assert.DoesNotContain(one.Ueid, opened.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("Certified", await _work.StatusAsync());

        // Once it is decided, the next board opens another one.
        Assert.Equal(200, await ActAsync(_work.Ann, opened.Text("id"), new { action = "decide", outcome = "remedied", rationalePublic = "both were replaced" }).StatusAsync());
        using TestBoard three = await new TestBoard(_work.Verifier).EnrolAsync();
        await three.AttestAsync(_work.Measured);
        await LeaveAsync(three);
        Assert.Equal(2, (await NumbersAsync(_work.Body)).Length);
    }

    [Fact]
    public async Task A_certificate_comes_into_its_renewal_window_once()
    {
        RenewalWatch watch = _work.Verifier.Services.GetRequiredService<RenewalWatch>();
        DateTimeOffset window = _work.Certificate().ValidUntil.AddMonths(-9);

        _work.Clock.Advance(window - _work.Clock.GetUtcNow() - TimeSpan.FromMilliseconds(1));
        await _work.Maker.PostJsonAsync("/v1/cases", new { type = "renewal", certificate = "DEMO-1", summary = "x" }).AssertProblemAsync(409, "WindowClosed");
        Assert.Equal(0, await watch.LookAsync());
        _work.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, await watch.LookAsync());
        Assert.Equal(0, await watch.LookAsync());

        JsonElement opened = Assert.Single((await _work.Maker.GetJsonAsync("/v1/cases?type=renewal&state=open&certificate=DEMO-1")).GetProperty("cases").EnumerateArray());
        Assert.Equal(("verifier", "expiry", "2027-11-22T12:00:00Z"), (opened.Text("openedBy"), opened.GetProperty("clocks")[0].Text("name"), opened.GetProperty("clocks")[0].Text("dueAt")));
        Assert.Equal(200, await ActAsync(_work.Ann, opened.Text("id"), new { action = "decide", outcome = "renewed", rationalePublic = "DEMO-2 was issued" }).StatusAsync());
        Assert.Equal(0, await watch.LookAsync());
    }

    [Theory]
    [InlineData("?type=quarrel")]
    [InlineData("?state=lost")]
    [InlineData("?limit=0")]
    public async Task A_query_that_is_not_understood_is_400(string query) =>
        await _work.Body.GetAsync(new Uri($"/v1/cases{query}", UriKind.Relative)).AssertProblemAsync(400, "Malformed");

    [Theory]
    [InlineData("""{"type":"quarrel","certificate":"DEMO-1","summary":"x"}""")]
    [InlineData("""{"type":"complaint","summary":"x"}""")]
    [InlineData("""{"type":"complaint","certificate":"DEMO-1","application":1,"summary":"x"}""")]
    [InlineData("""{"type":"complaint","certificate":"DEMO-1","decision":1,"summary":"x"}""")]
    [InlineData("""{"type":"appeal","certificate":"DEMO-1","decision":0,"summary":"x"}""")]
    [InlineData("""{"type":"appeal","certificate":"DEMO-1","decision":1000001,"summary":"x"}""")]
    [InlineData("""{"type":"complaint","certificate":"DEMO-1"}""")]
    public async Task A_case_that_says_too_little_or_too_much_is_400(string body) =>
        await _work.Maker.PostTextAsync("/v1/cases", body).AssertProblemAsync(400, "Malformed");

    [Theory]
    [InlineData("""{"action":"close"}""")]
    [InlineData("""{"action":"assign"}""")]
    [InlineData("""{"action":"assign","person":"Eve!"}""")]
    [InlineData("""{"action":"assign","person":"eve","outcome":"upheld"}""")]
    [InlineData("""{"action":"note","person":"eve","rationalePublic":"x"}""")]
    [InlineData("""{"action":"note"}""")]
    [InlineData("""{"action":"decide","outcome":"remedied"}""")]
    public async Task An_action_that_says_too_little_or_too_much_is_400(string body)
    {
        string id = await OpenedAsync(_work.Ann, new { type = "nonConformity", certificate = "DEMO-1", summary = "x" });

        await _work.Ann.PostTextAsync($"/v1/cases/{id}/actions", body).AssertProblemAsync(400, "Malformed");
    }

    [Theory]
    [InlineData("UPDATE case_events SET rationale_public = 'x'")]
    [InlineData("DELETE FROM case_events")]
    [InlineData("UPDATE case_clocks SET due_at = 0")]
    [InlineData("DELETE FROM case_clocks")]
    [InlineData("DELETE FROM cases")]
    public async Task Nothing_that_happened_is_changed_in_the_database(string statement)
    {
        await OpenedAsync(_work.Ann, new { type = "nonConformity", certificate = "DEMO-1", summary = "x" });

        await Assert.ThrowsAnyAsync<DbException>(() =>
            _work.Verifier.Services.GetRequiredService<StoreWriter>().ExecuteAsync((connection, transaction) => connection.Execute(statement, transaction: transaction)));
    }

    // A challenge of a later moment: one moment has one answer.
    private async Task<JsonElement> LeaveAsync(TestBoard board)
    {
        _work.Clock.Advance(TimeSpan.FromMinutes(1));
        board.Uptime += 60;
        return await board.AttestAsync(Firmware.Tampered);
    }

    private static async Task<string> OpenedAsync(HttpClient by, object request)
    {
        using HttpResponseMessage response = await by.PostJsonAsync("/v1/cases", request);
        Assert.True((int)response.StatusCode == 201, await response.Content.ReadAsStringAsync());
        return (await response.JsonAsync()).Text("id");
    }

    private static Task<HttpResponseMessage> ActAsync(HttpClient by, string id, object action) => by.PostJsonAsync($"/v1/cases/{id}/actions", action);

    private static async Task<string[]> NumbersAsync(HttpClient client) => [.. (await client.GetJsonAsync("/v1/cases")).GetProperty("cases").EnumerateArray().Select(item => item.Text("id"))];

    private static async Task<JsonElement[]> EventsAsync(HttpClient client)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri("/v1/events?since=0&types=case.step", UriKind.Relative));
        request.Headers.Accept.ParseAdd("application/json");
        using HttpResponseMessage response = await client.SendAsync(request);
        return [.. (await response.JsonAsync()).GetProperty("events").EnumerateArray()];
    }
}
