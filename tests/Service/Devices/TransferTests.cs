using System.Security.Cryptography;
using System.Text.Json;
using IotAttest.Domain.Devices;
using IotAttest.Support;

namespace IotAttest.Service.Tests;

/// <summary>Ownership passes from the manufacturer to an integrator, and on, under the sender's signature.</summary>
public sealed class TransferTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private readonly ECDsa _makerKey = SignedFiles.NewKey();
    private readonly ECDsa _gridKey = SignedFiles.NewKey();
    private VerifierUnderTest _verifier = null!;
    private HttpClient _acme = null!;
    private HttpClient _grid = null!;
    private HttpClient _park = null!;
    private string[] _ueids = [];

    public async Task InitializeAsync()
    {
        _verifier = await VerifierUnderTest.StartAsync(_clock);
        _acme = await _verifier.OrganisationAsync("acme", "manufacturer", _makerKey.ExportSubjectPublicKeyInfoPem());
        _grid = await _verifier.OrganisationAsync("city-grid", "integrator", _gridKey.ExportSubjectPublicKeyInfoPem());
        _park = await _verifier.OrganisationAsync("park", "integrator");
        _ueids = [await EnrolAsync(), await EnrolAsync()];
        Array.Sort(_ueids, StringComparer.Ordinal);
    }

    public async Task DisposeAsync()
    {
        _park.Dispose();
        _grid.Dispose();
        _acme.Dispose();
        _gridKey.Dispose();
        _makerKey.Dispose();
        await _verifier.DisposeAsync();
    }

    [Fact]
    public async Task Boards_are_offered_accepted_and_seen_at_once_and_the_maker_stays_the_maker()
    {
        string id = await OfferAsync(_acme, Statement());
        Assert.Empty(await ListAsync(_grid));
        Assert.Equal("Offered", (await _grid.GetJsonAsync($"/v1/transfers/{id}")).Text("state"));

        using HttpResponseMessage accepted = await DecideAsync(_grid, id, "accept");

        Assert.Equal("Accepted", (await accepted.JsonAsync()).Text("state"));
        Assert.Equal(_ueids, (await ListAsync(_grid)).Order(StringComparer.Ordinal));
        Assert.Equal(2, (await ListAsync(_acme)).Length);
        Assert.StartsWith("transferred from acme to city-grid", (await _grid.GetJsonAsync($"/v1/devices/{_ueids[0]}/history")).GetProperty("history")[0].Text("cause"), StringComparison.Ordinal);
        await _verifier.RestartAsync();
        using HttpClient again = _verifier.With(_grid.DefaultRequestHeaders.Authorization!.Parameter!);
        Assert.Equal(2, (await ListAsync(again)).Length);
        Assert.Equal(["Offered", "Accepted"], (await again.GetJsonAsync($"/v1/transfers/{id}")).GetProperty("events").EnumerateArray().Select(entry => entry.Text("event")));
    }

    [Fact]
    public async Task The_new_owner_passes_boards_on_and_the_former_one_no_longer_can()
    {
        await DecideAsync(_grid, await OfferAsync(_acme, Statement()), "accept");

        await SendAsync(_acme, Statement().Sign(_makerKey)).AssertProblemAsync(409, "Conflict");
        await DecideAsync(_park, await OfferAsync(_grid, Statement("city-grid", "park"), _gridKey), "accept");

        Assert.Equal(2, (await ListAsync(_park)).Length);
        Assert.Empty(await ListAsync(_grid));
    }

    [Fact]
    public async Task A_statement_counts_once_also_after_the_boards_came_back()
    {
        TransferStatement statement = Statement();
        byte[] file = statement.Sign(_makerKey);
        string id = await OfferAsync(_acme, file);
        Assert.Equal(200, await SendAsync(_acme, file).StatusAsync());
        await SendAsync(_acme, (statement with { Ueids = [_ueids[0]] }).Sign(_makerKey)).AssertProblemAsync(409, "Conflict");
        await DecideAsync(_grid, id, "accept");

        await SendAsync(_acme, file).AssertProblemAsync(409, "Conflict");
        await DecideAsync(_grid, id, "accept").AssertProblemAsync(409, "Conflict");
    }

    [Theory]
    [InlineData("decline", true, "Declined")]
    [InlineData("withdraw", false, "Withdrawn")]
    public async Task An_offer_ends_and_can_no_longer_be_accepted(string end, bool isReceivers, string state)
    {
        string id = await OfferAsync(_acme, Statement());
        HttpClient who = isReceivers ? _grid : _acme;
        HttpClient other = isReceivers ? _acme : _grid;

        await DecideAsync(other, id, end).AssertProblemAsync(403, "Forbidden");
        await who.PostJsonAsync($"/v1/transfers/{id}/{end}", new { }).AssertProblemAsync(400, "Malformed");
        using HttpResponseMessage ended = await DecideAsync(who, id, end);

        Assert.Equal(state, (await ended.JsonAsync()).Text("state"));
        await DecideAsync(_grid, id, "accept").AssertProblemAsync(409, "Conflict");
        Assert.Empty(await ListAsync(_grid));
        await OfferAsync(_acme, Statement());
    }

    [Fact]
    public async Task An_offer_expires_by_the_clock_and_its_boards_can_be_offered_again()
    {
        string id = await OfferAsync(_acme, Statement());
        await SendAsync(_acme, Statement().Sign(_makerKey)).AssertProblemAsync(409, "Conflict");

        _clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1));

        Assert.Equal("Expired", (await _acme.GetJsonAsync($"/v1/transfers/{id}")).Text("state"));
        await DecideAsync(_grid, id, "accept").AssertProblemAsync(409, "Conflict");
        await OfferAsync(_acme, Statement());
    }

    [Fact]
    public async Task Only_the_owner_gives_with_its_own_key_to_an_integrator_in_time()
    {
        DateTimeOffset now = _clock.GetUtcNow();
        await SendAsync(_acme, Statement().Sign(_gridKey)).AssertProblemAsync(422, "UnknownSigner");
        await SendAsync(_grid, Statement().Sign(_makerKey)).AssertProblemAsync(403, "Forbidden");
        await SendAsync(_grid, Statement("city-grid", "park").Sign(_gridKey)).AssertProblemAsync(409, "Conflict");
        await SendAsync(_acme, Statement(to: "nobody").Sign(_makerKey)).AssertProblemAsync(422, "UnknownOrganisation");
        await SendAsync(_acme, Statement(to: "acme").Sign(_makerKey)).AssertProblemAsync(422, "UnknownOrganisation");
        await SendAsync(_acme, (Statement() with { IssuedAt = now.AddMinutes(6) }).Sign(_makerKey)).AssertProblemAsync(422, "OutOfTime");
        await SendAsync(_acme, (Statement() with { ExpiresAt = now }).Sign(_makerKey)).AssertProblemAsync(422, "OutOfTime");
        await SendAsync(_acme, (Statement() with { ExpiresAt = now.AddDays(90).AddSeconds(1) }).Sign(_makerKey)).AssertProblemAsync(422, "OutOfTime");
        await SendAsync(_acme, (Statement() with { Ueids = [Boards.NewUeid()] }).Sign(_makerKey)).AssertProblemAsync(409, "Conflict");
        byte[] file = Statement().Sign(_makerKey);
        file[^1] ^= 1;
        await SendAsync(_acme, file).AssertProblemAsync(422, "BadSignature");
        await SendAsync(_acme, [1, 2, 3]).AssertProblemAsync(400, "Malformed");
    }

    [Fact]
    public async Task A_key_that_was_removed_since_moves_nothing_and_a_board_out_of_service_does_not_move()
    {
        string id = await OfferAsync(_acme, Statement());
        using HttpClient operation = _verifier.Operator();
        string kid = (await _acme.GetJsonAsync("/v1/organisations/acme")).GetProperty("keys")[0].Text("kid");
        Assert.Equal(200, await operation.DeleteJsonAsync($"/v1/organisations/acme/keys/{kid}", new { reason = "stolen" }).StatusAsync());
        await DecideAsync(_grid, id, "accept").AssertProblemAsync(409, "Conflict");

        await _acme.PostJsonAsync($"/v1/devices/{_ueids[0]}/decommission", new { reason = "broken" });
        using ECDsa next = SignedFiles.NewKey();
        await operation.PostJsonAsync("/v1/organisations/acme/keys", new { key = next.ExportSubjectPublicKeyInfoPem() });
        await DecideAsync(_acme, id, "withdraw");
        JsonElement problem = await SendAsync(_acme, Statement().Sign(next)).AssertProblemAsync(409, "Conflict");
        Assert.Contains(_ueids[0], problem.Text("seen"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transfer_is_seen_by_both_sides_alone_and_its_log_is_append_only()
    {
        string id = await OfferAsync(_acme, Statement());

        await _park.GetAsync(new Uri($"/v1/transfers/{id}", UriKind.Relative)).AssertProblemAsync(404, "NotFound");
        Assert.Equal(0, (await _park.GetJsonAsync("/v1/transfers")).GetProperty("transfers").GetArrayLength());
        Assert.Equal(1, (await _grid.GetJsonAsync("/v1/transfers")).GetProperty("transfers").GetArrayLength());
        JsonElement heard = Assert.Single(await _grid.EventsAsync("device.transfer"));
        Assert.Equal((id, "Offered", 2), (heard.GetProperty("data").Text("transfer"), heard.GetProperty("data").Text("state"), heard.GetProperty("data").GetProperty("boards").GetInt32()));
        Assert.Empty(await _park.EventsAsync("device.transfer"));
    }

    private TransferStatement Statement(string from = "acme", string to = "city-grid") =>
        new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), from, to, _clock.GetUtcNow(), _clock.GetUtcNow().AddDays(7), _ueids);

    private async Task<string> EnrolAsync()
    {
        System.Text.Json.Nodes.JsonObject board = Boards.P256();
        Assert.Equal(201, await _acme.PostTextAsync("/v1/devices", board.ToJsonString()).StatusAsync());
        return board["ueid"]!.ToString();
    }

    private Task<string> OfferAsync(HttpClient client, TransferStatement statement, ECDsa? key = null) => OfferAsync(client, statement.Sign(key ?? _makerKey));

    private static async Task<string> OfferAsync(HttpClient client, byte[] file)
    {
        using HttpResponseMessage response = await SendAsync(client, file);
        Assert.True((int)response.StatusCode == 201, await response.Content.ReadAsStringAsync());
        return (await response.JsonAsync()).Text("id");
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, byte[] file) => client.PostBytesAsync("/v1/transfers", file, "application/cose");

    private static Task<HttpResponseMessage> DecideAsync(HttpClient client, string id, string decision) => client.PostJsonAsync($"/v1/transfers/{id}/{decision}", new { reason = "agreed" });

    private static async Task<string[]> ListAsync(HttpClient client) => [.. (await client.GetJsonAsync("/v1/devices")).GetProperty("devices").EnumerateArray().Select(device => device.Text("ueid"))];
}
