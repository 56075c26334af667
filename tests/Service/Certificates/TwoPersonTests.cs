using System.Text.Json;

namespace IotAttest.Service.Tests.Certificates;

public sealed class TwoPersonTests : IAsyncLifetime
{
    private static readonly object Revoke = new { decision = "revoke", reason = "false documents" };

    private BodyAtWork _work = null!;

    public async Task InitializeAsync()
    {
        _work = await BodyAtWork.StartAsync("sg-cls");
        await _work.IssueAsync(_work.Certificate());
    }

    public Task DisposeAsync() => _work.DisposeAsync().AsTask();

    [Fact]
    public async Task A_revocation_waits_for_a_second_person_and_then_holds_at_once()
    {
        using HttpResponseMessage proposed = await _work.DecideAsync(_work.Ann, Revoke);
        JsonElement proposal = await proposed.JsonAsync();

        Assert.Equal(202, (int)proposed.StatusCode);
        Assert.Equal(("open", "revoke", "ann"), (proposal.Text("state"), proposal.Text("decision"), proposal.Text("proposedBy")));
        Assert.Equal("2026-11-29T12:00:00Z", proposal.Text("confirmBy"));
        Assert.Equal("Certified", await _work.StatusAsync());
        using HttpResponseMessage confirmed = await BodyAtWork.ConfirmAsync(_work.Bob, proposal);
        Assert.Equal(200, (int)confirmed.StatusCode);
        Assert.Equal("Revoked", (await confirmed.JsonAsync()).Text("status"));
        JsonElement taken = (await _work.ReadAsync("DEMO-1", "/history")).GetProperty("history")[1];
        Assert.Equal(("revoke", "demo-cb", "false documents"), (taken.Text("decision"), taken.Text("decidedBy"), taken.Text("reason")));
        Assert.True(taken.GetProperty("byTwoPersons").GetBoolean());
        Assert.DoesNotContain("ann", taken.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_confirms_their_own_proposal_and_the_operator_is_no_person_of_the_body()
    {
        using HttpClient operatorClient = _work.Verifier.Operator();
        using HttpClient annAgain = await _work.PersonAsync("demo-cb", "ann");
        JsonElement proposal = await ProposeAsync(annAgain, Revoke);

        await BodyAtWork.ConfirmAsync(annAgain, proposal).AssertProblemAsync(403, "SamePerson");
        await BodyAtWork.ConfirmAsync(operatorClient, proposal).AssertProblemAsync(403, "Forbidden");
        await BodyAtWork.ConfirmAsync(_work.Maker, proposal).AssertProblemAsync(403, "Forbidden");
        await _work.DecideAsync(operatorClient, Revoke).AssertProblemAsync(403, "Forbidden");
        Assert.Equal("Certified", await _work.StatusAsync());
        Assert.Equal(200, await BodyAtWork.ConfirmAsync(_work.Body, proposal).StatusAsync());
        await BodyAtWork.ConfirmAsync(_work.Bob, proposal).AssertProblemAsync(409, "Conflict");
    }

    [Fact]
    public async Task The_token_of_the_organisation_is_one_person_as_well()
    {
        JsonElement proposal = await ProposeAsync(_work.Body, Revoke);

        await BodyAtWork.ConfirmAsync(_work.Body, proposal).AssertProblemAsync(403, "SamePerson");
        Assert.Equal(200, await BodyAtWork.ConfirmAsync(_work.Ann, proposal).StatusAsync());
    }

    [Theory]
    [InlineData(0, 200)]
    [InlineData(1, 409)]
    public async Task A_proposal_lapses_after_seven_days(int milliseconds, int expected)
    {
        JsonElement proposal = await ProposeAsync(_work.Ann, Revoke);
        _work.Clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromMilliseconds(milliseconds));

        Assert.Equal(expected, await BodyAtWork.ConfirmAsync(_work.Bob, proposal).StatusAsync());
        Assert.Equal(expected == 200 ? "Revoked" : "Certified", await _work.StatusAsync());
        JsonElement list = await _work.Bob.GetJsonAsync("/v1/certificates/DEMO-1/proposals");
        Assert.Equal(expected == 200 ? "confirmed" : "lapsed", list.GetProperty("proposals")[0].Text("state"));
    }

    [Fact]
    public async Task A_proposal_is_checked_again_when_it_is_confirmed()
    {
        JsonElement proposal = await ProposeAsync(_work.Ann, Revoke);
        await _work.TakeAsync(new { decision = "withdraw", reason = "at the holder's request" });

        await BodyAtWork.ConfirmAsync(_work.Bob, proposal).AssertProblemAsync(409, "Conflict");
        Assert.Equal("Withdrawn", await _work.StatusAsync());
    }

    [Fact]
    public async Task Only_the_body_and_auditors_see_proposals()
    {
        await ProposeAsync(_work.Ann, Revoke);
        using HttpClient other = await _work.Verifier.OrganisationAsync("other-cb", "body");
        using HttpClient auditor = await _work.Verifier.OrganisationAsync("audit", "auditor");
        Uri route = new("/v1/certificates/DEMO-1/proposals", UriKind.Relative);

        await other.GetAsync(route).AssertProblemAsync(403, "Forbidden");
        await _work.Anybody.GetAsync(route).AssertProblemAsync(401, "NoLogin");
        Assert.Equal(1, (await auditor.GetJsonAsync(route.ToString())).GetProperty("proposals").GetArrayLength());
        await _work.Ann.GetAsync(new Uri("/v1/certificates/NONE/proposals", UriKind.Relative)).AssertProblemAsync(404, "NotFound");
    }

    [Fact]
    public async Task At_a_third_party_level_two_persons_issue_and_suspend()
    {
        using HttpResponseMessage submitted = await _work.SubmitAsync(_work.Certificate("CLS-3", "sg-cls", "3"));
        JsonElement proposal = await submitted.JsonAsync();

        Assert.Equal(202, (int)submitted.StatusCode);
        Assert.Equal("issue", proposal.Text("decision"));
        await _work.Anybody.GetAsync(new Uri("/v1/certificates/CLS-3", UriKind.Relative)).AssertProblemAsync(404, "NotFound");
        Assert.Equal(1, (await _work.Bob.GetJsonAsync("/v1/certificates/CLS-3/proposals")).GetProperty("proposals").GetArrayLength());
        await BodyAtWork.ConfirmAsync(_work.Ann, proposal).AssertProblemAsync(403, "SamePerson");
        Assert.Equal(200, await BodyAtWork.ConfirmAsync(_work.Bob, proposal).StatusAsync());
        Assert.Equal("Certified", await _work.StatusAsync("CLS-3"));

        await _work.DecideAsync(_work.Ann, new { decision = "suspend", reason = "x" }, "CLS-3").AssertProblemAsync(422, "NoActions");
        await _work.DecideAsync(_work.Ann, new { decision = "suspend", reason = "x", actions = new[] { "mend it" } }, "CLS-3").AssertProblemAsync(422, "EndNotAllowed");
        object suspend = new { decision = "suspend", reason = "flaw", actions = new[] { "mend it" }, until = "2026-12-24" };
        using HttpResponseMessage suspension = await _work.DecideAsync(_work.Ann, suspend, "CLS-3");
        Assert.Equal(202, (int)suspension.StatusCode);
        Assert.Equal("Certified", await _work.StatusAsync("CLS-3"));
        Assert.Equal(200, await BodyAtWork.ConfirmAsync(_work.Bob, await suspension.JsonAsync()).StatusAsync());
        Assert.Equal("Suspended", await _work.StatusAsync("CLS-3"));
    }

    [Fact]
    public async Task A_proposal_outlives_a_restart_and_belongs_to_its_certificate()
    {
        JsonElement proposal = await ProposeAsync(_work.Ann, Revoke);
        await _work.IssueAsync(_work.Certificate("DEMO-2"));
        await _work.DecideAsync(_work.Bob, new { decision = "confirm", proposal = proposal.GetProperty("proposal").GetInt64() }, "DEMO-2").AssertProblemAsync(404, "NotFound");

        await _work.Verifier.RestartAsync();
        using HttpClient bob = _work.Verifier.With(_work.Bob.DefaultRequestHeaders.Authorization!.Parameter!);

        Assert.Equal(200, await BodyAtWork.ConfirmAsync(bob, proposal).StatusAsync());
    }

    [Fact]
    public async Task A_persons_new_token_ends_the_old_one_and_nobody_elses()
    {
        using HttpClient ann = await _work.PersonAsync("demo-cb", "ann");
        Uri route = new("/v1/certificates/DEMO-1/proposals", UriKind.Relative);

        await _work.Ann.GetAsync(route).AssertProblemAsync(401, "NoLogin");
        Assert.Equal((200, 200, 200), (await ann.GetAsync(route).StatusAsync(), await _work.Bob.GetAsync(route).StatusAsync(), await _work.Body.GetAsync(route).StatusAsync()));
        using HttpClient client = _work.Verifier.Operator();
        Assert.Equal(200, await client.PostJsonAsync("/v1/organisations/demo-cb/token", new { }).StatusAsync());
        await ann.GetAsync(route).AssertProblemAsync(401, "NoLogin");
        await client.PostJsonAsync("/v1/organisations/demo-cb/persons", new { person = "Ann!" }).AssertProblemAsync(400, "Malformed");
        await client.PostJsonAsync("/v1/organisations/nobody/persons", new { person = "ann" }).AssertProblemAsync(404, "NotFound");
    }

    private async Task<JsonElement> ProposeAsync(HttpClient by, object decision)
    {
        using HttpResponseMessage response = await _work.DecideAsync(by, decision);
        Assert.Equal(202, (int)response.StatusCode);
        return await response.JsonAsync();
    }
}
