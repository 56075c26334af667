using System.Text.Json;
using System.Text.Json.Nodes;

namespace IotAttest.Service.Tests;

/// <summary>The organisation that runs a board may change; nothing else of its record.</summary>
public sealed class OwnerTests : IAsyncLifetime
{
    private VerifierUnderTest _verifier = null!;
    private HttpClient _acme = null!;
    private HttpClient _fleet = null!;
    private HttpClient _grid = null!;

    public async Task InitializeAsync()
    {
        _verifier = await VerifierUnderTest.StartAsync();
        _acme = await _verifier.OrganisationAsync("acme", "manufacturer");
        _fleet = await _verifier.OrganisationAsync("fleet", "integrator");
        _grid = await _verifier.OrganisationAsync("city-grid", "integrator");
    }

    public async Task DisposeAsync()
    {
        _acme.Dispose();
        _fleet.Dispose();
        _grid.Dispose();
        await _verifier.DisposeAsync();
    }

    [Fact]
    public async Task The_maker_changes_the_owner_and_who_sees_the_board_changes_with_it_also_after_a_restart()
    {
        JsonObject board = Boards.Hmac();
        Assert.Equal(201, await EnrolAsync(_acme, board));
        Assert.Equal(200, await EnrolAsync(_acme, board.With("owner", "fleet")));
        Assert.Equal(200, await SeeAsync(_fleet, board));

        Assert.Equal(200, await EnrolAsync(_acme, board.With("owner", "city-grid")));

        Assert.Equal((404, 200), (await SeeAsync(_fleet, board), await SeeAsync(_grid, board)));
        Assert.Equal(["owner changed to city-grid by acme", "owner changed to fleet by acme"], await CausesAsync(board));
        await _verifier.RestartAsync();
        using HttpClient grid = _verifier.With(_grid.DefaultRequestHeaders.Authorization!.Parameter!);
        Assert.Equal(200, await SeeAsync(grid, board));
    }

    [Fact]
    public async Task The_same_owner_again_and_no_owner_change_nothing()
    {
        JsonObject board = Boards.Hmac().With("owner", "fleet");
        Assert.Equal(201, await EnrolAsync(_acme, board));

        Assert.Equal(200, await EnrolAsync(_acme, board));
        Assert.Equal(200, await EnrolAsync(_acme, board.With("owner", null)));

        Assert.Equal(200, await SeeAsync(_fleet, board));
        Assert.Empty(await CausesAsync(board));
    }

    [Fact]
    public async Task An_integrator_takes_no_board_over_and_another_difference_keeps_the_owner()
    {
        JsonObject board = Boards.Hmac(strength: "self-reported");
        Assert.Equal(201, await EnrolAsync(_fleet, board));

        JsonElement problem = await _grid.PostTextAsync("/v1/devices", board.ToJsonString()).AssertProblemAsync(409, "Conflict");
        await _acme.PostTextAsync("/v1/devices", board.With("owner", "city-grid").With("oemid", 7).ToJsonString()).AssertProblemAsync(409, "Conflict");

        Assert.Contains("Ask the manufacturer", problem.Text("do"), StringComparison.Ordinal);
        Assert.Equal((200, 404), (await SeeAsync(_fleet, board), await SeeAsync(_grid, board)));
    }

    [Fact]
    public async Task One_batch_may_enrol_a_board_and_change_its_owner()
    {
        JsonObject board = Boards.Hmac();
        string lines = $"{board.With("owner", "fleet").ToJsonString()}\n{board.With("owner", "city-grid").ToJsonString()}\n";

        using HttpResponseMessage response = await _acme.PostTextAsync("/v1/devices", lines, "application/x-ndjson");

        Assert.Equal(["201", "200"], (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!["status"]!.ToString()));
        Assert.Equal((404, 200), (await SeeAsync(_fleet, board), await SeeAsync(_grid, board)));
    }

    private static Task<int> EnrolAsync(HttpClient client, JsonObject board) => client.PostTextAsync("/v1/devices", board.ToJsonString()).StatusAsync();

    private static Task<int> SeeAsync(HttpClient client, JsonObject board) => client.GetAsync(new Uri($"/v1/devices/{board["ueid"]}", UriKind.Relative)).StatusAsync();

    private async Task<string[]> CausesAsync(JsonObject board)
    {
        using HttpClient client = _verifier.Operator();
        return [.. (await client.GetJsonAsync($"/v1/devices/{board["ueid"]}/history")).GetProperty("history").EnumerateArray().Select(row => row.Text("cause"))];
    }
}
