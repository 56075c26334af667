using System.Text.Json;
using IotAttest.Service.Tests.Certificates;

namespace IotAttest.Service.Tests.Cases;

public sealed class AppealTests : IAsyncLifetime
{
    private BodyAtWork _work = null!;
    private HttpClient _carol = null!;
    private HttpClient _dave = null!;

    public async Task InitializeAsync()
    {
        _work = await BodyAtWork.StartAsync("sg-cls");
        _carol = await _work.PersonAsync("demo-cb", "carol");
        _dave = await _work.PersonAsync("demo-cb", "dave");
        await _work.IssueAsync(_work.Certificate());
    }

    public async Task DisposeAsync()
    {
        _carol.Dispose();
        _dave.Dispose();
        await _work.DisposeAsync();
    }

    [Fact]
    public async Task Story_06_Handle_an_appeal_fairly()
    {
        await _work.TakeAsync(new { decision = "suspend", reason = "advisory 7" });
        string id = await FiledAsync(2);

        // The status stays, and everybody sees that it is contested.
        JsonElement pending = await _work.ReadAsync();
        Assert.Equal(("Suspended", true), (pending.Text("status"), pending.GetProperty("pendingAppeal").GetBoolean()));

        // Whoever decided cannot be assigned, and does not decide when somebody else was.
        await ActAsync(_carol, id, new { action = "assign", person = "ann" }).AssertProblemAsync(403, "OriginalDecider");
        await ActAsync(_carol, id, new { action = "decide", outcome = "upheld", rationalePublic = "x" }).AssertProblemAsync(403, "NotAssigned");
        Assert.Equal(200, await ActAsync(_carol, id, new { action = "assign", person = "carol" }).StatusAsync());
        await ActAsync(_work.Ann, id, new { action = "decide", outcome = "upheld", rationalePublic = "x" }).AssertProblemAsync(403, "OriginalDecider");
        await ActAsync(_dave, id, new { action = "decide", outcome = "upheld", rationalePublic = "x" }).AssertProblemAsync(403, "NotAssigned");

        // Clocks show, and go overdue visibly.
        JsonElement[] clocks = [.. (await ReadAsync(_work.Maker, id)).GetProperty("clocks").EnumerateArray()];
        Assert.Equal([("acknowledgement", "2026-11-29T12:00:00Z"), ("decision", "2027-01-21T12:00:00Z")], clocks.Select(clock => (clock.Text("name"), clock.Text("dueAt"))));
        Assert.Equal("2026-11-22T12:00:00Z", clocks[0].Text("metAt"));
        _work.Clock.Advance(TimeSpan.FromDays(60) + TimeSpan.FromMilliseconds(1));
        Assert.True((await ReadAsync(_work.Maker, id)).GetProperty("isOverdue").GetBoolean());

        // The outcome with its public rationale stands in the history, the rest stays inside.
        object decision = new { action = "decide", outcome = "overturned", rationalePublic = "advisory 7 does not apply", rationaleConfidential = "the note was misread", dissent = "one member disagreed" };
        Assert.Equal(200, await ActAsync(_carol, id, decision).StatusAsync());
        JsonElement history = await _work.ReadAsync("DEMO-1", "/history");
        JsonElement appeal = Assert.Single(history.GetProperty("appeals").EnumerateArray());
        Assert.Equal(
            ("overturned", "advisory 7 does not apply", "one member disagreed", 2),
            (appeal.Text("outcome"), appeal.Text("rationale"), appeal.Text("dissent"), appeal.GetProperty("decision").GetInt32()));
        Assert.DoesNotContain("misread", history.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("carol", history.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(("Suspended", false), ((await _work.ReadAsync()).Text("status"), (await _work.ReadAsync()).GetProperty("pendingAppeal").GetBoolean()));
        await ActAsync(_carol, id, decision).AssertProblemAsync(409, "Conflict");
    }

    [Fact]
    public async Task Of_a_decision_by_two_persons_neither_judges_the_appeal()
    {
        await _work.TakeAsync(new { decision = "revoke", reason = "false documents" });
        string id = await FiledAsync(2);

        Assert.All(await Task.WhenAll(new[] { "ann", "bob" }.Select(person => ActAsync(_carol, id, new { action = "assign", person }).StatusAsync())), status => Assert.Equal(403, status));
        Assert.Equal(200, await ActAsync(_carol, id, new { action = "assign", person = "dave" }).StatusAsync());
        Assert.Equal(200, await ActAsync(_dave, id, new { action = "decide", outcome = "upheld", rationalePublic = "the documents were false" }).StatusAsync());
        Assert.Equal("Revoked", await _work.StatusAsync());
    }

    [Theory]
    [InlineData(0, 201)]
    [InlineData(1, 409)]
    public async Task The_holder_files_within_thirty_days_of_the_decision(int milliseconds, int expected)
    {
        _work.Clock.Advance(TimeSpan.FromDays(30) + TimeSpan.FromMilliseconds(milliseconds));

        Assert.Equal(expected, await FileAsync(1).StatusAsync());
    }

    [Fact]
    public async Task Only_the_holder_appeals_and_only_against_a_decision_that_was_taken_once_at_a_time()
    {
        using HttpClient other = await _work.Verifier.OrganisationAsync("other", "manufacturer");
        object appeal = new { type = "appeal", certificate = "DEMO-1", decision = 1, summary = "x" };

        await other.PostJsonAsync("/v1/cases", appeal).AssertProblemAsync(403, "Forbidden");
        await _work.Ann.PostJsonAsync("/v1/cases", appeal).AssertProblemAsync(403, "Forbidden");
        await FileAsync(2).AssertProblemAsync(422, "NoSuchDecision");
        await _work.Maker.PostJsonAsync("/v1/cases", new { type = "appeal", certificate = "NONE", decision = 1, summary = "x" }).AssertProblemAsync(404, "NotFound");
        await _work.Maker.PostJsonAsync("/v1/cases", new { type = "appeal", certificate = "DEMO-1", summary = "x" }).AssertProblemAsync(400, "Malformed");
        Assert.Equal(201, await FileAsync(1).StatusAsync());
        await FileAsync(1).AssertProblemAsync(409, "Conflict");
    }

    [Fact]
    public async Task A_refused_application_can_be_appealed_and_its_filing_cannot()
    {
        string application = await _work.InEvaluationAsync("basic");
        Assert.Equal(200, await _work.JudgeAsync(application, new { decision = "refuse", reason = "incomplete" }).StatusAsync());
        object Appeal(int decision) => new { type = "appeal", application = long.Parse(application, null), decision, summary = "it was complete" };

        await _work.Maker.PostJsonAsync("/v1/cases", Appeal(1)).AssertProblemAsync(422, "NoSuchDecision");
        using HttpResponseMessage filed = await _work.Maker.PostJsonAsync("/v1/cases", Appeal(3));

        Assert.Equal(201, (int)filed.StatusCode);
        string id = (await filed.JsonAsync()).Text("id");
        await ActAsync(_carol, id, new { action = "assign", person = "ann" }).AssertProblemAsync(403, "OriginalDecider");
        Assert.Equal(200, await ActAsync(_carol, id, new { action = "assign", person = "carol" }).StatusAsync());
        using HttpClient stranger = await _work.Verifier.OrganisationAsync("stranger", "manufacturer");
        await stranger.PostJsonAsync("/v1/cases", Appeal(3)).AssertProblemAsync(404, "NotFound");
    }

    [Fact]
    public async Task A_stay_is_taken_by_whoever_handles_the_appeal_and_by_nobody_else()
    {
        await _work.TakeAsync(new { decision = "suspend", reason = "advisory 7", actions = new[] { "mend it" }, until = "2026-12-24" });
        object stay = new { decision = "stay", reason = "the appeal has good grounds" };

        await _work.DecideAsync(_carol, stay).AssertProblemAsync(403, "NotAssigned");
        string id = await FiledAsync(2);
        await _work.DecideAsync(_carol, stay).AssertProblemAsync(403, "NotAssigned");
        Assert.Equal(200, await ActAsync(_carol, id, new { action = "assign", person = "carol" }).StatusAsync());
        await _work.DecideAsync(_work.Ann, stay).AssertProblemAsync(403, "NotAssigned");
        using HttpClient operatorClient = _work.Verifier.Operator();
        await _work.DecideAsync(operatorClient, stay).AssertProblemAsync(403, "Forbidden");
        Assert.Equal(200, await _work.DecideAsync(_carol, stay).StatusAsync());

        Assert.Equal(("Certified", true), ((await _work.ReadAsync()).Text("status"), (await _work.ReadAsync()).GetProperty("inForce").GetBoolean()));
        await _work.DecideAsync(_carol, stay).AssertProblemAsync(409, "Conflict");
    }

    [Fact]
    public async Task Where_a_laboratory_tests_a_stay_takes_two_persons_who_did_not_take_the_decision()
    {
        await _work.IssueAsync(_work.Certificate("CLS-3", "sg-cls", "3"));
        await _work.TakeAsync(new { decision = "suspend", reason = "flaw", actions = new[] { "mend it" }, until = "2026-12-24" }, "CLS-3");
        string id = await FiledAsync(2, "CLS-3");
        Assert.Equal(200, await ActAsync(_dave, id, new { action = "assign", person = "carol" }).StatusAsync());

        using HttpResponseMessage proposed = await _work.DecideAsync(_carol, new { decision = "stay", reason = "good grounds" }, "CLS-3");
        JsonElement proposal = await proposed.JsonAsync();

        Assert.Equal(202, (int)proposed.StatusCode);
        await BodyAtWork.ConfirmAsync(_work.Bob, proposal).AssertProblemAsync(403, "NotAssigned");
        Assert.Equal("Suspended", await _work.StatusAsync("CLS-3"));
        Assert.Equal(200, await BodyAtWork.ConfirmAsync(_dave, proposal).StatusAsync());
        Assert.Equal("Certified", await _work.StatusAsync("CLS-3"));
    }

    [Fact]
    public async Task The_past_does_not_know_an_appeal_that_came_later()
    {
        _work.Clock.Advance(TimeSpan.FromDays(2));
        await FiledAsync(1);

        Assert.False((await _work.ReadAsync("DEMO-1", "?at=2026-11-23")).GetProperty("pendingAppeal").GetBoolean());
        Assert.Empty((await _work.ReadAsync("DEMO-1", "/history?at=2026-11-23")).GetProperty("appeals").EnumerateArray());
        Assert.True((await _work.ReadAsync()).GetProperty("pendingAppeal").GetBoolean());
    }

    private Task<HttpResponseMessage> FileAsync(int decision, string certificate = "DEMO-1") =>
        _work.Maker.PostJsonAsync("/v1/cases", new { type = "appeal", certificate, decision, summary = "The decision is wrong." });

    private async Task<string> FiledAsync(int decision, string certificate = "DEMO-1")
    {
        using HttpResponseMessage response = await FileAsync(decision, certificate);
        Assert.True((int)response.StatusCode == 201, await response.Content.ReadAsStringAsync());
        return (await response.JsonAsync()).Text("id");
    }

    private static Task<HttpResponseMessage> ActAsync(HttpClient by, string id, object action) => by.PostJsonAsync($"/v1/cases/{id}/actions", action);

    private static Task<JsonElement> ReadAsync(HttpClient by, string id) => by.GetJsonAsync($"/v1/cases/{id}");
}
