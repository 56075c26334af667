using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using IotAttest.Service.Audit;
using IotAttest.Service.Storage;
using IotAttest.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Tests.Audit;

public sealed class AuditTests : IAsyncLifetime
{
    /// <summary>Every route that changes something. A new one gets onto this list, or says why it changes nothing.</summary>
    private static readonly string[] Audited =
    [
        "DELETE /v1/organisations/{name}/device-cas/{ca}",
        "DELETE /v1/organisations/{name}/keys/{kid}",
        "DELETE /v1/organisations/{name}/tokens/{id}",
        "DELETE /v1/webhooks/{id}",
        "POST /desk/body/applications/{id}/decisions",
        "POST /desk/body/cases/{id}/actions",
        "POST /desk/body/certificates/{id}/confirm",
        "POST /desk/body/certificates/{id}/decisions",
        "POST /desk/manufacturer/advisories/{id}/exploited",
        "POST /desk/manufacturer/builds/{id}/applications",
        "POST /desk/manufacturer/incidents/{id}/steps",
        "POST /desk/manufacturer/products/{class}/support",
        "POST /desk/manufacturer/submit",
        "POST /fleet/add",
        "POST /fleet/add/certificate",
        "POST /fleet/bulk",
        "POST /fleet/devices/{ueid}/group",
        "POST /fleet/devices/{ueid}/{action}",
        "POST /fleet/tokens",
        "POST /fleet/tokens/{id}/revoke",
        "POST /fleet/transfers/{id}/{action}",
        "POST /fleet/webhooks",
        "POST /fleet/webhooks/{id}/{action}",
        "POST /v1/advisories",
        "POST /v1/advisories/{id}/exploited",
        "POST /v1/applications",
        "POST /v1/applications/{id}/decisions",
        "POST /v1/builds",
        "POST /v1/builds/{id}/reports",
        "POST /v1/builds/{id}/retire",
        "POST /v1/builds/{id}/sbom",
        "POST /v1/builds/{id}/supersede",
        "POST /v1/cases",
        "POST /v1/cases/{id}/actions",
        "POST /v1/certificates",
        "POST /v1/certificates/{id}/decisions",
        "POST /v1/classes/{class}/minimum-security-version",
        "POST /v1/components/decisions",
        "POST /v1/devices",
        "POST /v1/devices/idevid",
        "POST /v1/devices/{ueid}/clear",
        "POST /v1/devices/{ueid}/decommission",
        "POST /v1/devices/{ueid}/quarantine",
        "POST /v1/devices/{ueid}/rekey",
        "POST /v1/devices/{ueid}/release",
        "POST /v1/devices/{ueid}/repair",
        "POST /v1/devices/{ueid}/return",
        "POST /v1/incidents",
        "POST /v1/incidents/{id}/steps",
        "POST /v1/organisations",
        "POST /v1/organisations/{name}/accreditation",
        "POST /v1/organisations/{name}/device-cas",
        "POST /v1/organisations/{name}/keys",
        "POST /v1/organisations/{name}/persons",
        "POST /v1/organisations/{name}/token",
        "POST /v1/organisations/{name}/tokens",
        "POST /v1/policies",
        "POST /v1/products/{class}/support",
        "POST /v1/transfers",
        "POST /v1/transfers/{id}/accept",
        "POST /v1/transfers/{id}/decline",
        "POST /v1/transfers/{id}/withdraw",
        "POST /v1/webhooks",
        "POST /v1/webhooks/{id}/replay",
        "POST /v1/webhooks/{id}/resume",
        "POST /v1/webhooks/{id}/test",
        "PUT /v1/builds/{id}/components",
        "PUT /v1/devices/{ueid}/group",
        "PUT /v1/organisations/{name}/device-cas/{ca}/crl",
        "PUT /v1/products/{class}",
        "PUT /v1/products/{class}/components",
    ];

    private readonly FakeClock _clock = new();
    private VerifierUnderTest _verifier = null!;
    private HttpClient _operator = null!;
    private HttpClient _acme = null!;

    public async Task InitializeAsync()
    {
        _verifier = await VerifierUnderTest.StartAsync(_clock);
        _operator = _verifier.Operator();
        _acme = await _verifier.OrganisationAsync("acme", "manufacturer");
    }

    public async Task DisposeAsync()
    {
        _acme.Dispose();
        _operator.Dispose();
        await _verifier.DisposeAsync();
    }

    [Fact]
    public void Every_route_that_changes_something_is_on_record()
    {
        IEnumerable<string> covered =
            from route in _verifier.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            let method = route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Single()
            where AuditLog.Covers(route, method)
            select $"{method} {route.RoutePattern.RawText!.TrimEnd('/')}";

        Assert.Equal(Audited, covered.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_write_says_who_what_why_how_it_ended_and_when()
    {
        JsonObject board = Boards.Hmac();
        using HttpResponseMessage made = await _acme.PostJsonAsync("/v1/organisations/acme/tokens", new { name = "line-1" });
        JsonElement token = await made.JsonAsync();
        using HttpClient line = _verifier.With(token.Text("token"));
        await line.PostTextAsync("/v1/devices", board.ToJsonString());
        await line.PostJsonAsync($"/v1/devices/{board["ueid"]}/decommission", new { reason = "sold" });

        JsonElement[] entries = await ReadAsync(_operator);

        Assert.Equal(
            ["operator POST /v1/organisations acme 201", $"acme POST /v1/organisations/{{name}}/tokens {token.Text("id")} 201", $"acme POST /v1/devices {board["ueid"]} 201", $"acme POST /v1/devices/{{ueid}}/decommission {board["ueid"]} 200"],
            entries.Select(Line));
        JsonElement last = entries[3];
        Assert.Equal(("line-1", token.Text("id"), "sold", "2026-11-22T12:00:00Z"), (last.Text("token"), last.Text("tokenId"), last.Text("reason"), last.Text("at")));
    }

    [Fact]
    public async Task Refused_writes_are_on_record_and_reads_and_strangers_are_not()
    {
        using HttpClient body = await _verifier.OrganisationAsync("cb", "body");
        using HttpClient stranger = _verifier.With("no-such-token");
        using HttpClient anybody = _verifier.Anybody();

        Assert.Equal(403, await body.PostTextAsync("/v1/devices", "{}").StatusAsync());
        Assert.Equal(400, await _acme.PostTextAsync("/v1/devices", "{}").StatusAsync());
        Assert.Equal(404, await _acme.PostJsonAsync("/v1/devices/none/clear", new { reason = "x" }).StatusAsync());
        Assert.Equal(401, await stranger.PostTextAsync("/v1/devices", "{}").StatusAsync());
        Assert.Equal(401, await anybody.PostTextAsync("/v1/devices", "{}").StatusAsync());
        Assert.Equal(200, await _acme.PostJsonAsync("/v1/challenges", new { ueid = Boards.NewUeid() }).StatusAsync());
        Assert.Equal(200, await _acme.GetAsync(new Uri("/v1/devices", UriKind.Relative)).StatusAsync());

        Assert.Equal(["cb POST /v1/devices  403", "acme POST /v1/devices  400", "acme POST /v1/devices/{ueid}/clear none 404"], (await ReadAsync(_operator)).Skip(2).Select(Line));
    }

    [Fact]
    public async Task Whoever_is_refused_again_and_again_does_not_fill_the_disk_and_the_rest_is_counted()
    {
        for (int i = 0; i < RefusalBudget.RowsAnHour + 5; i++)
        {
            Assert.Equal(400, await _acme.PostTextAsync("/v1/devices", "{}").StatusAsync());
        }

        Assert.Equal(RefusalBudget.RowsAnHour, (await ReadAsync(_acme)).Length);
        await _acme.PostTextAsync("/v1/devices", Boards.Hmac().ToJsonString());
        Assert.Equal(5, (await ReadAsync(_acme))[^1].GetProperty("omitted").GetInt64());
        _clock.Advance(TimeSpan.FromHours(1));
        await _acme.PostTextAsync("/v1/devices", "{}");
        Assert.Equal(RefusalBudget.RowsAnHour + 2, (await ReadAsync(_acme)).Length);
    }

    [Fact]
    public async Task An_organisation_reads_its_own_entries_and_an_auditor_all_or_those_asked_for()
    {
        using HttpClient other = await _verifier.OrganisationAsync("other", "manufacturer");
        using HttpClient auditor = await _verifier.OrganisationAsync("court", "auditor");
        await _acme.PostTextAsync("/v1/devices", Boards.Hmac().ToJsonString());
        await other.PostTextAsync("/v1/devices", Boards.Hmac(organisation: "other").ToJsonString());

        Assert.Equal(["acme"], Whose(await ReadAsync(_acme)));
        Assert.Equal(["acme"], Whose(await ReadAsync(_acme, "?organisation=acme")));
        await _acme.GetAsync(new Uri("/v1/audit?organisation=other", UriKind.Relative)).AssertProblemAsync(403, "Forbidden");
        await _acme.GetAsync(new Uri("/v1/audit?organisation=operator", UriKind.Relative)).AssertProblemAsync(403, "Forbidden");
        Assert.Equal(["operator", "operator", "operator", "acme", "other"], Whose(await ReadAsync(auditor)));
        Assert.Equal(["other"], Whose(await ReadAsync(auditor, "?organisation=other")));
        Assert.Equal(["operator", "operator", "operator"], Whose(await ReadAsync(_operator, "?organisation=operator")));
    }

    [Fact]
    public async Task Pages_follow_one_another()
    {
        await _verifier.OrganisationAsync("other", "manufacturer");
        JsonElement first = await _operator.GetJsonAsync("/v1/audit?limit=1");
        JsonElement second = await _operator.GetJsonAsync($"/v1/audit?limit=1&since={first.Text("next")}");
        JsonElement end = await _operator.GetJsonAsync($"/v1/audit?since={second.Text("next")}");

        Assert.Equal(("acme", "other"), (first.GetProperty("entries")[0].Text("object"), second.GetProperty("entries")[0].Text("object")));
        Assert.Equal(0, end.GetProperty("entries").GetArrayLength());
        Assert.Equal(second.Text("next"), end.Text("next"));
        await _operator.GetAsync(new Uri("/v1/audit?since=yesterday", UriKind.Relative)).AssertProblemAsync(400, "Malformed");
    }

    [Fact]
    public async Task No_token_key_or_credential_gets_into_the_log()
    {
        const string Credential = "Y3JlZGVudGlhbC1jcmVkZW50aWFsLWNyZWRlbnRpYWw";
        byte[] key = [.. Enumerable.Range(7, 32).Select(number => (byte)number)];
        JsonObject board = Boards.Hmac(key: key).With("credential", Credential);
        using HttpResponseMessage made = await _acme.PostJsonAsync("/v1/organisations/acme/tokens", new { name = "line-1" });
        string token = (await made.JsonAsync()).Text("token");
        await _acme.PostTextAsync("/v1/devices", board.ToJsonString());
        JsonObject rekey = new() { ["key"] = Boards.HmacKey([.. key.Reverse()]), ["reason"] = "worn out" };
        Assert.Equal(200, await _acme.PostTextAsync($"/v1/devices/{board["ueid"]}/rekey", rekey.ToJsonString()).StatusAsync());

        string log = (await _operator.GetJsonAsync("/v1/audit")).GetRawText();

        Assert.Contains("worn out", log, StringComparison.Ordinal);
        string[] secrets = [token, Credential, board["key"]!["k"]!.ToString(), rekey["key"]!["k"]!.ToString(), _verifier.OperatorToken, _acme.DefaultRequestHeaders.Authorization!.Parameter!];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, log, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_batch_is_one_entry_and_its_answer_still_streams()
    {
        string lines = string.Concat(Enumerable.Range(0, 300).Select(_ => Boards.Hmac().ToJsonString() + "\n"));

        using HttpResponseMessage response = await _acme.PostTextAsync("/v1/devices", lines, "application/x-ndjson");

        Assert.Equal(300, (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal("acme POST /v1/devices  200", Line(Assert.Single(await ReadAsync(_acme))));
    }

    [Fact]
    public async Task A_write_that_cannot_be_put_on_record_is_not_answered_with_success()
    {
        StoreWriter writer = _verifier.Services.GetRequiredService<StoreWriter>();
        await writer.ExecuteAsync((connection, transaction) => connection.Execute("ALTER TABLE audit RENAME TO lost", transaction: transaction));

        await _acme.PostTextAsync("/v1/devices", Boards.Hmac().ToJsonString()).AssertProblemAsync(500, "Fault");
        await _acme.PostTextAsync("/v1/devices", "{}").AssertProblemAsync(500, "Fault");
        await writer.ExecuteAsync((connection, transaction) => connection.Execute("ALTER TABLE lost RENAME TO audit", transaction: transaction));
        Assert.Equal(201, await _acme.PostTextAsync("/v1/devices", Boards.Hmac().ToJsonString()).StatusAsync());
    }

    [Theory]
    [InlineData("UPDATE audit SET status = 200")]
    [InlineData("DELETE FROM audit")]
    public async Task Nothing_changes_an_entry(string statement) => await Assert.ThrowsAnyAsync<DbException>(() =>
        _verifier.Services.GetRequiredService<StoreWriter>().ExecuteAsync((connection, transaction) => connection.Execute(statement, transaction: transaction)));

    [Fact]
    public async Task What_a_caller_put_into_a_path_or_a_reason_is_bounded_and_printable()
    {
        string reason = "line one\\nline two\\u0007" + new string('x', 600);
        await _acme.PostTextAsync($"/v1/devices/{new string('z', 1000)}/clear", $$"""{"reason":"{{reason}}"}""");

        JsonElement entry = Assert.Single(await ReadAsync(_acme));

        Assert.Equal(200, entry.Text("object").Length);
        Assert.False(entry.TryGetProperty("reason", out JsonElement kept) && (kept.GetString()!.Any(char.IsControl) || kept.GetString()!.Length > 500));
    }

    private static string[] Whose(IEnumerable<JsonElement> entries) => [.. entries.Select(entry => entry.Text("organisation"))];

    private static string Line(JsonElement entry) =>
        $"{entry.Text("organisation")} {entry.Text("method")} {entry.Text("route")} {entry.Text("object")} {entry.GetProperty("status").GetInt32()}";

    private static async Task<JsonElement[]> ReadAsync(HttpClient client, string query = "") =>
        [.. (await client.GetJsonAsync($"/v1/audit{(query.Length == 0 ? "?" : $"{query}&")}limit=1000")).GetProperty("entries").EnumerateArray()];
}
