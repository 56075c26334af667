using System.Text.Json;

namespace IotAttest.Service.Tests;

/// <summary>Groups of boards: a word of whoever has them.</summary>
public sealed class DeviceGroupTests
{
    [Fact]
    public async Task The_owner_sets_it_a_list_filters_by_it_and_it_survives_a_restart()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer");
        using HttpClient grid = await verifier.OrganisationAsync("grid", "integrator");
        string ueid = await EnrolAsync(acme, "grid");
        await EnrolAsync(acme, "grid");

        Assert.Equal("Hall 3", (await PutAsync(grid, ueid, "Hall 3")).Text("group"));
        await verifier.RestartAsync();
        using HttpClient again = verifier.With(grid.DefaultRequestHeaders.Authorization!.Parameter!);

        Assert.Equal("Hall 3", (await again.GetJsonAsync($"/v1/devices/{ueid}")).Text("group"));
        Assert.Equal([ueid], (await again.GetJsonAsync("/v1/devices?group=Hall 3")).GetProperty("devices").EnumerateArray().Select(device => device.Text("ueid")));
        Assert.Equal(JsonValueKind.Null, (await PutAsync(again, ueid, null)).GetProperty("group").ValueKind);
    }

    [Fact]
    public async Task The_maker_of_a_board_that_somebody_owns_may_not_and_another_owner_begins_without()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer");
        using HttpClient grid = await verifier.OrganisationAsync("grid", "integrator");
        using HttpClient next = await verifier.OrganisationAsync("next", "integrator");
        System.Text.Json.Nodes.JsonObject record = Boards.P256().With("owner", "grid");
        string ueid = record["ueid"]!.ToString();
        await acme.PostTextAsync("/v1/devices", record.ToJsonString()).AssertStatusAsync(201);
        await PutAsync(grid, ueid, "Hall 3");

        await acme.PutJsonAsync($"/v1/devices/{ueid}/group", new { group = "Mine" }).AssertProblemAsync(403, "Forbidden");
        await acme.PostTextAsync("/v1/devices", record.With("owner", "next").ToJsonString()).AssertStatusAsync(200);

        Assert.Equal(JsonValueKind.Null, (await next.GetJsonAsync($"/v1/devices/{ueid}")).GetProperty("group").ValueKind);
    }

    [Theory]
    [InlineData(64, 200)]
    [InlineData(65, 400)]
    public async Task It_is_at_most_64_characters_long(int length, int status)
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer");
        string ueid = await EnrolAsync(acme, null);

        await acme.PutJsonAsync($"/v1/devices/{ueid}/group", new { group = new string('x', length) }).AssertStatusAsync(status);
    }

    private static async Task<string> EnrolAsync(HttpClient acme, string? owner)
    {
        System.Text.Json.Nodes.JsonObject record = Boards.P256().With("owner", owner);
        await acme.PostTextAsync("/v1/devices", record.ToJsonString()).AssertStatusAsync(201);
        return record["ueid"]!.ToString();
    }

    private static async Task<JsonElement> PutAsync(HttpClient client, string ueid, string? group)
    {
        using HttpResponseMessage response = await client.PutJsonAsync($"/v1/devices/{ueid}/group", new { group });
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.JsonAsync();
    }
}
