using System.Text.Json;
using System.Text.Json.Nodes;
using IotAttest.Domain.Identity;
using IotAttest.Service.Devices;
using IotAttest.Service.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Tests;

public sealed class DeviceTests
{
    [Fact]
    public async Task A_board_that_never_attested_is_shown_with_every_member_of_the_contract()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer");
        string ueid = await EnrolAsync(acme, Boards.P256());

        JsonElement device = await acme.GetJsonAsync($"/v1/devices/{ueid}");

        Assert.Equal(
            ["ueid", "conformity", "drift", "evidenceStrength", "asOf", "expiresAt", "build", "certificates", "components", "nextStep", "responsible", "refusals", "conditions", "advisories", "policies", "appraisal", "lifecycle", "alarms", "group"],
            device.EnumerateObject().Select(member => member.Name));
        Assert.Equal("Unknown", device.Text("conformity"));
        Assert.Equal("native", device.Text("evidenceStrength"));
        Assert.Equal("""{"count":0,"last":null}""", device.GetProperty("refusals").GetRawText());
    }

    [Fact]
    public async Task Makers_see_their_boards_owners_theirs_auditors_all_and_bodies_none()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer");
        using HttpClient other = await verifier.OrganisationAsync("other", "manufacturer");
        using HttpClient fleet = await verifier.OrganisationAsync("fleet", "integrator");
        using HttpClient auditor = await verifier.OrganisationAsync("eye", "auditor");
        using HttpClient body = await verifier.OrganisationAsync("cb", "body");
        string owned = await EnrolAsync(acme, Boards.P256().With("owner", "fleet"));
        string ofAcme = await EnrolAsync(acme, Boards.P256());
        string ofOther = await EnrolAsync(other, Boards.P256(organisation: "other"));
        using HttpClient client = verifier.Operator();

        Assert.Equal([owned, ofAcme], await ListAsync(acme));
        Assert.Equal([ofOther], await ListAsync(other));
        Assert.Equal([owned], await ListAsync(fleet));
        Assert.Equal([owned, ofAcme, ofOther], await ListAsync(auditor));
        Assert.Equal([owned, ofAcme, ofOther], await ListAsync(client));
        await body.GetAsync(new Uri("/v1/devices", UriKind.Relative)).AssertProblemAsync(403, "Forbidden");
        await fleet.GetAsync(new Uri($"/v1/devices/{ofAcme}", UriKind.Relative)).AssertProblemAsync(404, "NotFound");
        await other.GetAsync(new Uri($"/v1/devices/{ofAcme}/history", UriKind.Relative)).AssertProblemAsync(404, "NotFound");
        await auditor.PostJsonAsync($"/v1/devices/{ofAcme}/clear", new { reason = "x" }).AssertProblemAsync(403, "Forbidden");
        await other.PostJsonAsync($"/v1/devices/{ofAcme}/clear", new { reason = "x" }).AssertProblemAsync(404, "NotFound");
    }

    [Fact]
    public async Task The_list_is_paged_and_filtered()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer");
        string[] ueids = [await EnrolAsync(acme, Boards.P256()), await EnrolAsync(acme, Boards.P256()), await EnrolAsync(acme, Boards.P256().With("class", "00000000-0000-4000-8000-000000000001"))];
        await acme.PostJsonAsync($"/v1/devices/{ueids[1]}/decommission", new { reason = "broken" }).StatusAsync();

        JsonElement page = await acme.GetJsonAsync("/v1/devices?limit=2");
        JsonElement rest = await acme.GetJsonAsync($"/v1/devices?limit=2&cursor={page.Text("next")}");

        Assert.Equal(ueids[..2], Ueids(page));
        Assert.Equal(ueids[2..], Ueids(rest));
        Assert.Equal(JsonValueKind.Null, rest.GetProperty("next").ValueKind);
        Assert.Equal(ueids[..2], await ListAsync(acme, $"?class={Boards.Class}"));
        Assert.Equal([ueids[1]], await ListAsync(acme, "?conformity=Decommissioned"));
        Assert.Equal(ueids, await ListAsync(acme, "?organisation=acme"));
        Assert.Empty(await ListAsync(acme, "?organisation=other"));
        Assert.Empty(await ListAsync(acme, "?build=none"));
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=1001")]
    [InlineData("limit=many")]
    [InlineData("cursor=x")]
    [InlineData("conformity=2")]
    [InlineData("conformity=conformant")]
    [InlineData("class=none")]
    public async Task A_filter_that_cannot_match_is_400(string query)
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient client = verifier.Operator();

        await client.GetAsync(new Uri($"/v1/devices?{query}", UriKind.Relative)).AssertProblemAsync(400, "Malformed");
    }

    [Fact]
    public async Task Clear_ends_an_identity_conflict_with_who_and_why_also_after_a_restart()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer");
        string ueid = await EnrolAsync(acme, Boards.P256());
        await SetAsync(verifier, ueid, state => state with
        {
            Baseline = new BootCounters(ulong.MaxValue, UInt128.MaxValue, 9),
            Facts = state.Facts with { HasIdentityConflict = true, HighestSecurityVersion = 3 },
        });
        await verifier.RestartAsync();
        using HttpClient again = verifier.With(acme.DefaultRequestHeaders.Authorization!.Parameter!);
        DeviceState before = StateOf(verifier, ueid);

        Assert.Equal(200, await again.PostJsonAsync($"/v1/devices/{ueid}/clear", new { reason = "copy found" }).StatusAsync());

        Assert.Equal(new BootCounters(ulong.MaxValue, UInt128.MaxValue, 9), before.Baseline);
        Assert.True(before.Facts.HasIdentityConflict);
        await verifier.RestartAsync();
        DeviceState after = StateOf(verifier, ueid);
        Assert.Null(after.Baseline);
        Assert.False(after.Facts.HasIdentityConflict);
        Assert.Equal(0UL, after.Facts.HighestSecurityVersion);
        using HttpClient client = verifier.Operator();
        JsonElement history = (await client.GetJsonAsync($"/v1/devices/{ueid}/history")).GetProperty("history");
        Assert.Equal("clear by acme: copy found", history[0].Text("cause"));
    }

    [Fact]
    public async Task A_decommissioned_board_stays_so_and_takes_no_further_decision()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer");
        string ueid = await EnrolAsync(acme, Boards.P256());

        for (int i = 0; i < 2; i++)
        {
            using HttpResponseMessage response = await acme.PostJsonAsync($"/v1/devices/{ueid}/decommission", new { reason = "scrapped" });
            Assert.Equal("Decommissioned", (await response.JsonAsync()).Text("conformity"));
        }

        await acme.PostJsonAsync($"/v1/devices/{ueid}/clear", new { reason = "x" }).AssertProblemAsync(409, "Conflict");
        await acme.PostJsonAsync($"/v1/devices/{ueid}/rekey", new { key = Boards.P256Key(), reason = "x" }).AssertProblemAsync(409, "Conflict");
        Assert.Equal(1, (await acme.GetJsonAsync($"/v1/devices/{ueid}/history")).GetProperty("history").GetArrayLength());
    }

    [Fact]
    public async Task Rekey_gives_another_key_and_kid_and_the_old_record_no_longer_fits()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer");
        JsonObject board = Boards.P256();
        string ueid = await EnrolAsync(acme, board);
        await SetAsync(verifier, ueid, state => state with { Baseline = new BootCounters(1, 2, 3), Facts = state.Facts with { HasIdentityConflict = true } });
        DeviceDirectory directory = verifier.Services.GetRequiredService<DeviceDirectory>();
        Assert.True(directory.TryFindByUeid(ueid, out DeviceEntry? old));
        JsonObject key = Boards.P256Key();

        using HttpResponseMessage response = await acme.PostJsonAsync($"/v1/devices/{ueid}/rekey", new { key, reason = "leaked" });

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(["ueid", "kid", "credential"], (await response.JsonAsync()).EnumerateObject().Select(member => member.Name));
        Assert.True(directory.TryFindByUeid(ueid, out DeviceEntry? next));
        Assert.NotEqual(old.Identity.Kid, next.Identity.Kid);
        Assert.False(directory.TryFindByKid(old.Identity.Kid, out _));
        Assert.Same(next, old.Replacement);
        Assert.Null(next.State.Baseline);
        Assert.True(next.State.Facts.HasIdentityConflict);
        await acme.PostTextAsync("/v1/devices", board.ToJsonString()).AssertProblemAsync(409, "Conflict");
        Assert.Equal(200, await acme.PostTextAsync("/v1/devices", board.With("key", key).ToJsonString()).StatusAsync());
        await acme.PostJsonAsync($"/v1/devices/{ueid}/rekey", new { key, reason = "again" }).AssertProblemAsync(409, "Conflict");
        Assert.Equal("rekey by acme: leaked", (await acme.GetJsonAsync($"/v1/devices/{ueid}/history")).GetProperty("history")[0].Text("cause"));
    }

    [Fact]
    public async Task Rekey_with_the_key_of_another_board_is_409_and_an_integrator_may_not_rekey_a_native_board()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer");
        using HttpClient fleet = await verifier.OrganisationAsync("fleet", "integrator");
        JsonObject other = Boards.Hmac();
        await EnrolAsync(acme, other);
        string ueid = await EnrolAsync(acme, Boards.Hmac().With("owner", "fleet"));

        await acme.PostJsonAsync($"/v1/devices/{ueid}/rekey", new { key = other["key"], reason = "x" }).AssertProblemAsync(409, "Conflict");
        await fleet.PostJsonAsync($"/v1/devices/{ueid}/rekey", new { key = Boards.P256Key(), reason = "x" }).AssertProblemAsync(403, "Forbidden");
        await acme.PostJsonAsync($"/v1/devices/{ueid}/rekey", new { key = Boards.P256Key() }).AssertProblemAsync(400, "Malformed");
    }

    [Fact]
    public async Task History_is_paged_newest_first()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer");
        string ueid = await EnrolAsync(acme, Boards.P256());
        foreach (string reason in new[] { "one", "two", "three" })
        {
            await acme.PostJsonAsync($"/v1/devices/{ueid}/clear", new { reason }).StatusAsync();
        }

        JsonElement page = await acme.GetJsonAsync($"/v1/devices/{ueid}/history?limit=2");
        JsonElement rest = await acme.GetJsonAsync($"/v1/devices/{ueid}/history?limit=2&cursor={page.Text("next")}");

        Assert.Equal(["clear by acme: three", "clear by acme: two"], page.GetProperty("history").EnumerateArray().Select(item => item.Text("cause")));
        Assert.Equal(["clear by acme: one"], rest.GetProperty("history").EnumerateArray().Select(item => item.Text("cause")));
    }

    private static async Task<string> EnrolAsync(HttpClient client, JsonObject board)
    {
        Assert.Equal(201, await client.PostTextAsync("/v1/devices", board.ToJsonString()).StatusAsync());
        return board["ueid"]!.ToString();
    }

    private static async Task<string[]> ListAsync(HttpClient client, string query = "") => Ueids(await client.GetJsonAsync($"/v1/devices{query}"));

    private static string[] Ueids(JsonElement page) => [.. page.GetProperty("devices").EnumerateArray().Select(device => device.Text("ueid"))];

    private static DeviceState StateOf(VerifierUnderTest verifier, string ueid) =>
        verifier.Services.GetRequiredService<DeviceDirectory>().TryFindByUeid(ueid, out DeviceEntry? device) ? device.State : throw new InvalidOperationException(ueid);

    /// <summary>Puts a device into a state that otherwise takes evidence.</summary>
    private static async Task SetAsync(VerifierUnderTest verifier, string ueid, Func<DeviceState, DeviceState> change)
    {
        Assert.True(verifier.Services.GetRequiredService<DeviceDirectory>().TryFindByUeid(ueid, out DeviceEntry? device));
        await verifier.Services.GetRequiredService<StoreWriter>().ExecuteAsync(
            (connection, transaction) =>
            {
                DeviceState next = change(device.Newest);
                verifier.Services.GetRequiredService<DeviceStateTable>().WriteDecision(connection, transaction, device, next, "test");
                device.Stage(next);
                return true;
            },
            _ => device.Publish());
    }
}
