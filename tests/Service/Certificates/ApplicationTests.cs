using System.Data.Common;
using System.Text.Json;
using Dapper;
using IotAttest.Domain.Corim;
using IotAttest.Service.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Tests.Certificates;

public sealed class ApplicationTests : IAsyncLifetime
{
    private BodyAtWork _work = null!;

    public async Task InitializeAsync() => _work = await BodyAtWork.StartAsync("sg-cls");

    public Task DisposeAsync() => _work.DisposeAsync().AsTask();

    [Fact]
    public async Task From_the_filing_to_the_certificate_each_step_is_on_record()
    {
        string id = await _work.InEvaluationAsync();

        await _work.IssueAsync(_work.Certificate());

        JsonElement application = await _work.ApplicationAsync(id);
        Assert.Equal(("Certified", "DEMO-1", "acme", "demo-cb"), (application.Text("status"), application.Text("certificate"), application.Text("holder"), application.Text("body")));
        Assert.Equal(["apply", "evaluate", "certify"], application.GetProperty("history").EnumerateArray().Select(taken => taken.Text("step")));
        Assert.Equal([1, 2, 3], application.GetProperty("history").EnumerateArray().Select(taken => taken.GetProperty("number").GetInt32()));
        Assert.Equal(201, await _work.ApplyAsync().StatusAsync());
    }

    [Fact]
    public async Task Nothing_is_certified_before_the_evaluation_began_where_somebody_applied()
    {
        string id = await _work.AppliedAsync();

        await _work.SubmitAsync(_work.Certificate()).AssertProblemAsync(409, "Conflict");
        Assert.Equal("Applied", (await _work.ApplicationAsync(id)).Text("status"));
        await _work.Anybody.GetAsync(new Uri("/v1/certificates/DEMO-1", UriKind.Relative)).AssertProblemAsync(404, "NotFound");
    }

    [Fact]
    public async Task What_an_application_lacks_is_refused()
    {
        Dictionary<string, object> whole = ApplicationAtWork.Request(_work.Manifest.CorimId.ToString());

        await FileAsync(whole, "summaryPlain", string.Join(' ', Enumerable.Repeat("word", 121))).AssertProblemAsync(422, "NoSummary");
        await FileAsync(whole, "answers", Array.Empty<object>()).AssertProblemAsync(422, "NotAnswered");
        await FileAsync(whole, "answers", new[] { new { requirement = "demo/D-1", claim = "perhaps" } }).AssertProblemAsync(400, "Malformed");
        await FileAsync(whole, "answers", "all fine").AssertProblemAsync(400, "Malformed");
        await FileAsync(whole, "answers", new[] { 1 }).AssertProblemAsync(400, "Malformed");
        await FileAsync(whole, "build", Guid.NewGuid().ToString()).AssertProblemAsync(422, "NoBuild");
        await FileAsync(whole, "body", "acme").AssertProblemAsync(422, "UnknownBody");
        await FileAsync(whole, "scheme", "kr-cic").AssertProblemAsync(422, "SchemeNotOffered");
        await FileAsync(whole, "level", "unheard-of").AssertProblemAsync(422, "UnknownLevel");
        Assert.Equal(201, await FileAsync(whole, "level", "basic").StatusAsync());
        await FileAsync(whole, "level", "basic").AssertProblemAsync(409, "Conflict");
    }

    [Fact]
    public async Task Only_its_own_builds_get_a_manufacturer_an_application()
    {
        using HttpClient other = await _work.Verifier.OrganisationAsync("other", "manufacturer");

        await other.PostJsonAsync("/v1/applications", ApplicationAtWork.Request(_work.Manifest.CorimId.ToString())).AssertProblemAsync(422, "NoBuild");
        Assert.Equal(200, await _work.Maker.PostJsonAsync($"/v1/builds/{_work.Manifest.CorimId}/retire", new { reason = "old" }).StatusAsync());
        await _work.ApplyAsync().AssertProblemAsync(422, "NoBuild");
    }

    [Fact]
    public async Task An_application_is_seen_by_its_parties_alone_and_in_public_when_the_body_says_so()
    {
        using HttpClient lab = await _work.LaboratoryAsync();
        using HttpClient stranger = await _work.Verifier.OrganisationAsync("stranger", "body");
        using HttpClient auditor = await _work.Verifier.OrganisationAsync("court", "auditor");
        string quiet = await _work.InEvaluationAsync("basic");
        string loud = await _work.InEvaluationAsync("substantial", new { decision = "evaluate", laboratory = "lab", isPublic = true });

        Assert.Equal([quiet, loud], await NumbersAsync(_work.Maker));
        Assert.Equal([quiet, loud], await NumbersAsync(_work.Body));
        Assert.Equal([quiet, loud], await NumbersAsync(auditor));
        Assert.Equal([loud], await NumbersAsync(lab));
        Assert.Empty(await NumbersAsync(stranger));
        await lab.GetAsync(new Uri($"/v1/applications/{quiet}", UriKind.Relative)).AssertProblemAsync(404, "NotFound");
        await _work.JudgeAsync(quiet, new { decision = "refuse", reason = "x" }, stranger).AssertProblemAsync(404, "NotFound");
        JsonElement evaluation = Assert.Single((await _work.Anybody.GetJsonAsync("/v1/evaluations")).GetProperty("evaluations").EnumerateArray());
        Assert.Equal(("acme", "substantial"), (evaluation.Text("holder"), evaluation.Text("level")));
        await _work.IssueAsync(_work.Certificate());
        Assert.Empty((await _work.Anybody.GetJsonAsync("/v1/evaluations")).GetProperty("evaluations").EnumerateArray());
    }

    [Fact]
    public async Task A_level_that_is_tested_takes_a_laboratory_accredited_today_and_two_persons()
    {
        using HttpClient lab = await _work.LaboratoryAsync();
        using HttpClient elsewhere = await _work.LaboratoryAsync("elsewhere", "sg-cls");
        string id = await _work.AppliedAsync("high");

        await _work.JudgeAsync(id, new { decision = "evaluate" }).AssertProblemAsync(422, "LaboratoryNotAccredited");
        await _work.JudgeAsync(id, new { decision = "evaluate", laboratory = "nobody" }).AssertProblemAsync(422, "LaboratoryNotAccredited");
        await _work.JudgeAsync(id, new { decision = "evaluate", laboratory = "elsewhere" }).AssertProblemAsync(422, "LaboratoryNotAccredited");
        _work.Clock.Advance(TimeSpan.FromDays(31));
        await _work.JudgeAsync(id, new { decision = "evaluate", laboratory = "lab" }).AssertProblemAsync(422, "LaboratoryNotAccredited");
        _work.Clock.Advance(-TimeSpan.FromDays(1));
        Assert.Equal(200, await _work.JudgeAsync(id, new { decision = "evaluate", laboratory = "lab" }).StatusAsync());

        using HttpResponseMessage proposed = await _work.SubmitAsync(_work.Certificate(level: "high"));
        Assert.Equal(202, (int)proposed.StatusCode);
        Assert.Equal("UnderEvaluation", (await _work.ApplicationAsync(id)).Text("status"));
        Assert.Equal(200, await BodyAtWork.ConfirmAsync(_work.Bob, await proposed.JsonAsync()).StatusAsync());
        Assert.Equal(("Certified", "lab"), ((await _work.ApplicationAsync(id)).Text("status"), (await _work.ApplicationAsync(id)).Text("laboratory")));
    }

    [Fact]
    public async Task A_provisional_certificate_is_public_counts_nowhere_and_gives_way_to_the_full_one()
    {
        await _work.SubmitAsync(Provisional(30)).AssertProblemAsync(422, "NoApplication");
        string id = await _work.InEvaluationAsync();
        await _work.SubmitAsync(Provisional(91)).AssertProblemAsync(422, "ValidityTooLong");
        await _work.IssueAsync(Provisional(90));

        Assert.Equal(("Provisional", false), ((await _work.ReadAsync("P-1")).Text("status"), (await _work.ReadAsync("P-1")).GetProperty("inForce").GetBoolean()));
        Assert.Equal("issue-provisional", (await _work.ReadAsync("P-1", "/history")).GetProperty("history")[0].Text("decision"));
        Assert.Equal(("Provisional", "P-1"), ((await _work.ApplicationAsync(id)).Text("status"), (await _work.ApplicationAsync(id)).Text("provisionalCertificate")));
        Assert.All((await _work.ReadAsync("P-1", "/recognitions")).GetProperty("recognitions").EnumerateArray(), cell => Assert.Equal("none", cell.Text("result")));
        await _work.JudgeAsync(id, new { decision = "refuse", reason = "x" }).AssertProblemAsync(409, "ProvisionalStands");
        await _work.SubmitAsync(_work.Certificate()).AssertProblemAsync(409, "ProvisionalStands");
        await _work.IssueAsync(_work.Certificate() with { Supersedes = new SupersededCertificate("P-1", IsMinorChange: false) });

        Assert.Equal(("Superseded", "Certified"), (await _work.StatusAsync("P-1"), await _work.StatusAsync()));
        Assert.False((await _work.ReadAsync("P-1")).GetProperty("inForce").GetBoolean());
        Assert.Equal("Certified", (await _work.ApplicationAsync(id)).Text("status"));
    }

    [Fact]
    public async Task A_provisional_certificate_takes_no_certificates_place_and_none_is_issued_where_the_scheme_has_none()
    {
        await _work.IssueAsync(_work.Certificate());
        await _work.InEvaluationAsync();
        await _work.SubmitAsync(Provisional(30) with { Supersedes = new SupersededCertificate("DEMO-1", IsMinorChange: false) }).AssertProblemAsync(422, "BadSupersedes");
        string cls = await _work.AppliedAsync("2", "sg-cls");
        Assert.Equal(200, await _work.JudgeAsync(cls, new { decision = "evaluate" }).StatusAsync());
        await _work.SubmitAsync(Provisional(30, "sg-cls", "2")).AssertProblemAsync(422, "ProvisionalNotAllowed");
    }

    [Fact]
    public async Task A_board_on_a_provisional_certificate_waits_for_coverage()
    {
        using TestBoard board = await new TestBoard(_work.Verifier).EnrolAsync();
        await _work.InEvaluationAsync();
        await _work.IssueAsync(Provisional(30));

        Assert.Equal("PendingCoverage", (await board.AttestAsync(_work.Measured)).Text("conformity"));
        await _work.IssueAsync(_work.Certificate() with { Supersedes = new SupersededCertificate("P-1", IsMinorChange: false) });
        await Eventually.TrueAsync(async () => (await board.DeviceAsync()).Text("conformity") == "Conformant", "the full certificate counts");
    }

    [Fact]
    public async Task A_refusal_has_a_reason_and_an_application_that_ended_takes_nothing_more()
    {
        string id = await _work.InEvaluationAsync();

        await _work.JudgeAsync(id, new { decision = "refuse" }).AssertProblemAsync(400, "Malformed");
        await _work.JudgeAsync(id, new { decision = "certify" }).AssertProblemAsync(400, "Malformed");
        await _work.JudgeAsync(id, new { decision = "refuse", reason = "x", laboratory = "lab" }).AssertProblemAsync(400, "Malformed");
        await _work.JudgeAsync(id, new { decision = "evaluate" }).AssertProblemAsync(409, "Conflict");
        Assert.Equal(200, await _work.JudgeAsync(id, new { decision = "refuse", reason = "no disclosure contact" }).StatusAsync());
        await _work.JudgeAsync(id, new { decision = "evaluate" }).AssertProblemAsync(409, "Conflict");
        Assert.Equal("Refused", (await _work.ApplicationAsync(id)).Text("status"));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("2", null)]
    [InlineData("3", null)]
    [InlineData("1", "SchemeVersionRetired")]
    [InlineData("4", "UnknownSchemeVersion")]
    public async Task A_certificate_names_a_version_of_its_scheme_that_is_accepted(string? version, string? refusal)
    {
        CertificateEndorsement certificate = _work.Certificate() with { SchemeVersion = version };

        if (refusal is null)
        {
            await _work.IssueAsync(certificate);
            Assert.Equal(version ?? "2", (await _work.ReadAsync()).Text("schemeVersion"));
            return;
        }

        await _work.SubmitAsync(certificate).AssertProblemAsync(422, refusal);
    }

    [Fact]
    public async Task A_version_that_a_mandatory_one_overtook_is_not_accepted_any_more()
    {
        _work.Clock.Advance(new DateTimeOffset(2028, 1, 1, 0, 0, 0, TimeSpan.Zero) - _work.Clock.GetUtcNow());

        await _work.SubmitAsync(_work.Certificate() with { SchemeVersion = "2" }).AssertProblemAsync(422, "SchemeVersionNotAccepted");
        Assert.Equal(201, await _work.SubmitAsync(_work.Certificate()).StatusAsync());
        Assert.Equal("3", (await _work.ReadAsync()).Text("schemeVersion"));
    }

    [Fact]
    public async Task Events_of_an_application_reach_its_parties_alone()
    {
        using HttpClient stranger = await _work.Verifier.OrganisationAsync("stranger", "manufacturer");
        using HttpClient lab = await _work.LaboratoryAsync();
        string id = await _work.InEvaluationAsync("substantial", new { decision = "evaluate", laboratory = "lab" });

        foreach (HttpClient party in new[] { _work.Maker, _work.Body, lab })
        {
            JsonElement[] events = await EventsAsync(party);
            Assert.Equal(["Applied", "UnderEvaluation"], events.Select(item => item.GetProperty("data").Text("status")));
            Assert.All(events, item => Assert.Equal((id, "acme"), (item.GetProperty("data").Text("application"), item.GetProperty("data").Text("holder"))));
        }

        Assert.Empty(await EventsAsync(stranger));
    }

    [Theory]
    [InlineData("UPDATE application_events SET reason = 'x'")]
    [InlineData("DELETE FROM application_events")]
    [InlineData("DELETE FROM applications")]
    public async Task Nothing_that_was_decided_is_changed_in_the_database(string statement)
    {
        await _work.AppliedAsync();

        await Assert.ThrowsAnyAsync<DbException>(() =>
            _work.Verifier.Services.GetRequiredService<StoreWriter>().ExecuteAsync((connection, transaction) => connection.Execute(statement, transaction: transaction)));
    }

    private CertificateEndorsement Provisional(int days, string scheme = "demo", string level = "substantial") =>
        _work.Certificate("P-1", scheme, level) with { IsProvisional = true, ValidUntil = DateTimeOffset.FromUnixTimeSeconds(_work.Clock.GetUtcNow().AddDays(days).ToUnixTimeSeconds()) };

    private Task<HttpResponseMessage> FileAsync(Dictionary<string, object> whole, string name, object value) =>
        _work.Maker.PostJsonAsync("/v1/applications", new Dictionary<string, object>(whole) { [name] = value });

    private static async Task<string[]> NumbersAsync(HttpClient client) =>
        [.. (await client.GetJsonAsync("/v1/applications")).GetProperty("applications").EnumerateArray().Select(application => application.Text("id"))];

    private static async Task<JsonElement[]> EventsAsync(HttpClient client)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri("/v1/events?since=0&types=application.step", UriKind.Relative));
        request.Headers.Accept.ParseAdd("application/json");
        using HttpResponseMessage response = await client.SendAsync(request);
        return [.. (await response.JsonAsync()).GetProperty("events").EnumerateArray()];
    }
}
