using System.Data.Common;
using System.Text.Json;
using Dapper;
using IotAttest.Domain.Corim;
using IotAttest.Service.Storage;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Tests.Certificates;

public sealed class DecisionTests : IAsyncLifetime
{
    private BodyAtWork _work = null!;

    public async Task InitializeAsync()
    {
        _work = await BodyAtWork.StartAsync();
        await _work.IssueAsync(_work.Certificate());
    }

    public Task DisposeAsync() => _work.DisposeAsync().AsTask();

    [Fact]
    public async Task Story_02_Suspend_with_reasons_and_the_world_hears_a_suspension_has_reason_actions_and_end_and_leaves_the_validity_alone()
    {
        string validUntil = (await _work.ReadAsync()).Text("validUntil");

        await _work.DecideAsync(_work.Ann, new { decision = "suspend" }).AssertProblemAsync(400, "Malformed");
        await _work.DecideAsync(_work.Ann, new { decision = "suspend", reason = " " }).AssertProblemAsync(400, "Malformed");
        await _work.TakeAsync(new { decision = "suspend", reason = "flaw under study", actions = new[] { "mend it", "test it" }, until = "2026-12-24" });

        JsonElement certificate = await _work.ReadAsync();
        JsonElement suspension = certificate.GetProperty("suspension");
        Assert.Equal(("Suspended", validUntil), (certificate.Text("status"), certificate.Text("validUntil")));
        Assert.False(certificate.GetProperty("inForce").GetBoolean());
        Assert.Equal(("2026-11-22T12:00:00Z", "2026-12-24T23:59:59Z"), (suspension.Text("since"), suspension.Text("until")));
        Assert.Equal(["mend it", "test it"], suspension.GetProperty("requestedActions").EnumerateArray().Select(action => action.GetString()));
        Assert.False(suspension.GetProperty("isOverdue").GetBoolean());
        _work.Clock.Advance(TimeSpan.FromDays(33));
        Assert.True((await _work.ReadAsync()).GetProperty("suspension").GetProperty("isOverdue").GetBoolean());
        Assert.Equal("Suspended", await _work.StatusAsync());
    }

    [Theory]
    [InlineData("2027-01-03T12:00:00Z", 200)]
    [InlineData("2027-01-03T12:00:00.001Z", 422)]
    [InlineData("2026-11-22T12:00:00Z", 422)]
    [InlineData("2026-11-22T13:00:00+01:00", 422)]
    [InlineData("2026-11-22T12:00:00", 400)]
    [InlineData("soon", 400)]
    public async Task A_suspension_ends_within_the_schemes_limit(string until, int expected) =>
        Assert.Equal(expected, await _work.DecideAsync(_work.Ann, new { decision = "suspend", reason = "x", until }).StatusAsync());

    [Fact]
    public async Task A_suspension_is_extended_and_ends_when_its_actions_are_verified()
    {
        await _work.TakeAsync(new { decision = "suspend", reason = "x", actions = new[] { "mend it" } });

        await _work.DecideAsync(_work.Ann, new { decision = "extend", reason = "x" }).AssertProblemAsync(422, "EndNotAllowed");
        await _work.DecideAsync(_work.Ann, new { decision = "extend", reason = "x", until = "2027-11-22T12:00:00.001Z" }).AssertProblemAsync(422, "EndNotAllowed");
        await _work.TakeAsync(new { decision = "extend", reason = "more time", until = "2027-11-22T12:00:00Z" });
        await _work.DecideAsync(_work.Ann, new { decision = "resume", reason = "x" }).AssertProblemAsync(422, "ActionsNotVerified");
        await _work.TakeAsync(new { decision = "resume", reason = "mended", actionsVerified = true });

        Assert.Equal("Certified", await _work.StatusAsync());
        JsonElement history = (await _work.ReadAsync("DEMO-1", "/history")).GetProperty("history");
        Assert.Equal(["issue", "suspend", "extend", "resume"], history.EnumerateArray().Select(item => item.Text("decision")));
    }

    [Theory]
    [InlineData("""{"decision":"withdraw","reason":"x","until":"2026-12-01"}""")]
    [InlineData("""{"decision":"suspend","reason":"x","actionsVerified":true}""")]
    [InlineData("""{"decision":"suspend","reason":"x","proposal":1}""")]
    [InlineData("""{"decision":"resume","reason":"x","actionsVerified":"yes"}""")]
    [InlineData("""{"decision":"confirm"}""")]
    [InlineData("""{"decision":"confirm","proposal":1,"reason":"x"}""")]
    [InlineData("""{"decision":"confirm","proposal":"1"}""")]
    [InlineData("""{"decision":"issue","reason":"x"}""")]
    [InlineData("""{"decision":"supersede","reason":"x"}""")]
    public async Task A_member_that_says_nothing_about_the_decision_is_refused(string body) =>
        await _work.Ann.PostTextAsync("/v1/certificates/DEMO-1/decisions", body).AssertProblemAsync(400, "Malformed");

    [Fact]
    public async Task Story_03_Nothing_can_be_rewritten_no_route_edits_or_deletes_and_the_database_refuses_it_too()
    {
        string[] methods = [.. _work.Verifier.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.RoutePattern.RawText!.StartsWith("/v1/certificates", StringComparison.Ordinal))
            .SelectMany(route => route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods)
            .Distinct()
            .Order()];
        using DbConnection connection = _work.Verifier.Services.GetRequiredService<Database>().Open();

        Assert.Equal(["GET", "POST"], methods);
        Assert.Contains("append-only", Assert.ThrowsAny<DbException>(() => connection.Execute("UPDATE certificate_events SET reason = 'another'")).Message, StringComparison.Ordinal);
        Assert.Contains("append-only", Assert.ThrowsAny<DbException>(() => connection.Execute("DELETE FROM certificate_events")).Message, StringComparison.Ordinal);
        Assert.Contains("never deleted", Assert.ThrowsAny<DbException>(() => connection.Execute("DELETE FROM certificates")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_lists_another_takes_its_place_and_the_other_counts_for_the_grace()
    {
        BuildManifest next = SignedFiles.Manifest("1.1.0", securityVersion: 2);
        byte[] file = await _work.SubmitBuildAsync(next);

        await _work.IssueAsync(SignedFiles.Certificate(file, next, _work.Clock.GetUtcNow(), "DEMO-2") with { Supersedes = new SupersededCertificate("DEMO-1", IsMinorChange: true) });

        JsonElement old = await _work.ReadAsync();
        Assert.Equal(("Superseded", "DEMO-2"), (old.Text("status"), old.Text("supersededBy")));
        Assert.True(old.GetProperty("inForce").GetBoolean());
        Assert.Equal("DEMO-1", (await _work.ReadAsync("DEMO-2")).Text("supersedes"));
        await _work.DecideAsync(_work.Ann, new { decision = "suspend", reason = "x" }).AssertProblemAsync(409, "Conflict");
        _work.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal("covered", (await _work.Anybody.GetJsonAsync($"/v1/builds/{_work.Manifest.CorimId}")).Text("status"));
        _work.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("withdrawn", (await _work.Anybody.GetJsonAsync($"/v1/builds/{_work.Manifest.CorimId}")).Text("coverage"));
        Assert.False((await _work.ReadAsync()).GetProperty("inForce").GetBoolean());
        Assert.Equal("covered", (await _work.Anybody.GetJsonAsync($"/v1/builds/{next.CorimId}")).Text("status"));
    }

    [Fact]
    public async Task What_cannot_be_superseded_is_refused_and_nothing_changes()
    {
        CertificateEndorsement next = _work.Certificate("DEMO-2") with { Supersedes = new SupersededCertificate("DEMO-1", IsMinorChange: true) };

        await _work.SubmitAsync(next with { Supersedes = new SupersededCertificate("NONE", IsMinorChange: false) }).AssertProblemAsync(422, "BadSupersedes");
        await _work.SubmitAsync(next with { ValidUntil = next.ValidUntil.AddSeconds(1) }).AssertProblemAsync(422, "BadSupersedes");
        await _work.SubmitAsync(next with { ValidUntil = next.ValidUntil.AddSeconds(-1) }).AssertProblemAsync(422, "BadSupersedes");
        await _work.SubmitAsync(next with { Level = "basic" }).AssertProblemAsync(422, "BadSupersedes");
        await _work.SubmitAsync(next with { ValidFrom = _work.Clock.GetUtcNow().AddDays(1) }).AssertProblemAsync(422, "BadSupersedes");
        Assert.Equal("Certified", await _work.StatusAsync());
        await _work.TakeAsync(new { decision = "suspend", reason = "x" });
        await _work.SubmitAsync(next).AssertProblemAsync(409, "Conflict");
    }

    [Theory]
    [InlineData(0, 201)]
    [InlineData(1, 422)]
    public async Task The_end_of_validity_lies_within_the_schemes_maximum(int seconds, int expected) =>
        Assert.Equal(expected, await _work.SubmitAsync(_work.Certificate("DEMO-2") with { ValidUntil = _work.Clock.GetUtcNow().AddMonths(60).AddSeconds(seconds) }).StatusAsync());

    [Fact]
    public async Task A_level_that_the_scheme_does_not_have_is_refused() =>
        await _work.SubmitAsync(_work.Certificate("DEMO-2", level: "gold")).AssertProblemAsync(422, "UnknownLevel");
}
