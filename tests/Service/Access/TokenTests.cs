using System.Text.Json;
using System.Text.Json.Nodes;
using IotAttest.Service.Access;
using IotAttest.Service.Storage;
using IotAttest.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Tests.Access;

public sealed class TokenTests : IAsyncLifetime
{
    private const string Tokens = "/v1/organisations/acme/tokens";

    private readonly FakeClock _clock = new();
    private VerifierUnderTest _verifier = null!;
    private HttpClient _operator = null!;
    private HttpClient _acme = null!;

    public async Task InitializeAsync()
    {
        _verifier = await VerifierUnderTest.StartAsync(_clock);
        _operator = _verifier.Operator();
        using HttpResponseMessage response = await _operator.PostJsonAsync("/v1/organisations", new { name = "acme", roles = new[] { "manufacturer", "integrator" } });
        _acme = _verifier.With((await response.JsonAsync()).Text("token"));
    }

    public async Task DisposeAsync()
    {
        _acme.Dispose();
        _operator.Dispose();
        await _verifier.DisposeAsync();
    }

    [Fact]
    public async Task An_organisation_makes_a_token_that_works_also_after_a_restart_and_lists_it_without_showing_it()
    {
        JsonElement made = await MakeAsync(_acme, new { name = "line-1" });
        string token = made.Text("token");
        using HttpClient line = _verifier.With(token);

        Assert.Equal(200, await SeeAsync(line));
        JsonElement list = await _acme.GetJsonAsync(Tokens);
        Assert.Equal(["default", "line-1"], list.GetProperty("tokens").EnumerateArray().Select(each => each.Text("name")));
        Assert.DoesNotContain(token, list.GetRawText(), StringComparison.Ordinal);
        Assert.All(list.GetProperty("tokens").EnumerateArray(), each => Assert.False(each.TryGetProperty("token", out _)));
        Assert.Equal("acme", list.GetProperty("tokens")[1].Text("madeBy"));
        await _verifier.RestartAsync();
        using HttpClient later = _verifier.With(token);
        Assert.Equal(200, await SeeAsync(later));
    }

    [Fact]
    public async Task A_revoked_token_ends_at_once_and_for_good_and_the_others_stay()
    {
        JsonElement first = await MakeAsync(_acme, new { name = "line-1" });
        JsonElement second = await MakeAsync(_acme, new { name = "line-2" });
        using HttpClient line = _verifier.With(first.Text("token"));
        using HttpClient other = _verifier.With(second.Text("token"));
        Assert.Equal(200, await SeeAsync(line));

        Assert.Equal(204, await DeleteAsync(_acme, first.Text("id")));

        Assert.Equal((401, 200, 200), (await SeeAsync(line), await SeeAsync(other), await SeeAsync(_acme)));
        await _acme.DeleteAsync(Relative($"{Tokens}/{first.Text("id")}")).AssertProblemAsync(404, "NotFound");
        await _verifier.RestartAsync();
        using HttpClient later = _verifier.With(first.Text("token"));
        Assert.Equal(401, await SeeAsync(later));
    }

    [Fact]
    public async Task A_token_works_up_to_its_end_and_is_then_listed_as_expired()
    {
        DateTimeOffset end = _clock.GetUtcNow().AddHours(1);
        using HttpClient line = _verifier.With((await MakeAsync(_acme, new { name = "line-1", expiresAt = end.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null) })).Text("token"));

        _clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(200, await SeeAsync(line));
        _clock.Advance(TimeSpan.FromMinutes(1) + TimeSpan.FromSeconds(1));

        Assert.Equal((401, 200), (await SeeAsync(line), await SeeAsync(_acme)));
        Assert.True((await _acme.GetJsonAsync(Tokens)).GetProperty("tokens")[1].GetProperty("isExpired").GetBoolean());
    }

    [Fact]
    public async Task A_token_may_have_fewer_roles_and_never_makes_or_ends_one_with_more()
    {
        JsonElement made = await MakeAsync(_acme, new { name = "fleet", roles = new[] { "integrator" } });
        using HttpClient narrow = _verifier.With(made.Text("token"));
        JsonElement list = await _acme.GetJsonAsync(Tokens);
        string whole = list.GetProperty("tokens")[0].Text("id");

        await narrow.PostJsonAsync("/v1/builds/none/supersede", new { by = "x" }).AssertProblemAsync(403, "Forbidden");
        await narrow.PostJsonAsync(Tokens, new { name = "more", roles = new[] { "manufacturer" } }).AssertProblemAsync(403, "Forbidden");
        await narrow.DeleteAsync(Relative($"{Tokens}/{whole}")).AssertProblemAsync(403, "Forbidden");
        await _acme.PostJsonAsync(Tokens, new { name = "eyes", roles = new[] { "auditor" } }).AssertProblemAsync(403, "Forbidden");
        await _operator.PostJsonAsync(Tokens, new { name = "eyes", roles = new[] { "auditor" } }).AssertProblemAsync(403, "Forbidden");

        // Without roles it gives what it has, not what the organisation has.
        Assert.Equal("integrator", Assert.Single((await MakeAsync(narrow, new { name = "same" })).GetProperty("roles").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task A_token_that_ends_makes_none_that_lives_longer()
    {
        DateTimeOffset end = _clock.GetUtcNow().AddDays(1);
        using HttpClient shortLived = _verifier.With((await MakeAsync(_acme, new { name = "visitor", expiresAt = end.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null) })).Text("token"));

        JsonElement silent = await MakeAsync(shortLived, new { name = "stays" });
        JsonElement longer = await MakeAsync(shortLived, new { name = "longer", expiresAt = end.AddDays(30).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null) });

        Assert.All([silent, longer], token => Assert.Equal(end.ToUnixTimeSeconds(), DateTimeOffset.Parse(token.Text("expiresAt"), null).ToUnixTimeSeconds()));
    }

    [Fact]
    public async Task Only_the_operator_says_whose_token_it_is_and_a_person_passes_on_no_other_name()
    {
        using HttpClient ann = _verifier.With((await MakeAsync(_operator, new { name = "ann-laptop", person = "ann" })).Text("token"));

        await _acme.PostJsonAsync(Tokens, new { name = "bob-laptop", person = "bob" }).AssertProblemAsync(403, "Forbidden");
        await ann.PostJsonAsync(Tokens, new { name = "bob-laptop", person = "bob" }).AssertProblemAsync(403, "Forbidden");
        Assert.Equal("ann", (await MakeAsync(ann, new { name = "ann-phone" })).Text("person"));
        JsonElement own = (await ann.GetJsonAsync(Tokens)).GetProperty("tokens")[0];
        await ann.DeleteAsync(Relative($"{Tokens}/{own.Text("id")}")).AssertProblemAsync(403, "Forbidden");
    }

    [Fact]
    public async Task Another_organisation_reaches_no_token_and_unknown_ones_are_404()
    {
        using HttpClient other = await _verifier.OrganisationAsync("other", "manufacturer");
        string id = (await MakeAsync(_acme, new { name = "line-1" })).Text("id");

        await other.GetAsync(Relative(Tokens)).AssertProblemAsync(403, "Forbidden");
        await other.PostJsonAsync(Tokens, new { name = "x" }).AssertProblemAsync(403, "Forbidden");
        await other.DeleteAsync(Relative($"{Tokens}/{id}")).AssertProblemAsync(403, "Forbidden");
        await other.DeleteAsync(Relative($"/v1/organisations/other/tokens/{id}")).AssertProblemAsync(404, "NotFound");
        await _operator.GetAsync(Relative("/v1/organisations/nobody/tokens")).AssertProblemAsync(404, "NotFound");
        Assert.Equal(204, await DeleteAsync(_operator, id));
    }

    [Theory]
    [InlineData("""{}""", "no \"name\"")]
    [InlineData("""{"name":"Line"}""", "\"name\" is \"Line\"")]
    [InlineData("""{"name":"default"}""", "\"default\"")]
    [InlineData("""{"name":"a","roles":["operator"]}""", "\"operator\"")]
    [InlineData("""{"name":"a","expiresAt":"2001-01-01T00:00:00Z"}""", "expiresAt")]
    [InlineData("""{"name":"a","expiresAt":"2999-01-01T00:00:00Z"}""", "expiresAt")]
    [InlineData("""{"name":"a","expiresAt":"tomorrow"}""", "expiresAt")]
    [InlineData("""{"name":"a","person":"Ann"}""", "person")]
    public async Task A_body_that_does_not_fit_is_400(string body, string seen) =>
        Assert.Contains(seen, (await _acme.PostTextAsync(Tokens, body).AssertProblemAsync(400, "Malformed")).Text("seen"), StringComparison.Ordinal);

    [Fact]
    public async Task A_name_is_there_once_and_free_again_after_its_token_was_revoked()
    {
        string id = (await MakeAsync(_acme, new { name = "line-1" })).Text("id");

        await _acme.PostJsonAsync(Tokens, new { name = "line-1" }).AssertProblemAsync(409, "Conflict");
        await _operator.PostJsonAsync("/v1/organisations/acme/persons", new { person = "line-1" }).AssertProblemAsync(409, "Conflict");
        Assert.Equal(204, await DeleteAsync(_acme, id));
        await MakeAsync(_acme, new { name = "line-1" });
    }

    [Fact]
    public async Task An_organisation_has_at_most_100_tokens()
    {
        for (int i = 1; i < TokenRegistry.MaxPerOrganisation; i++)
        {
            await MakeAsync(_acme, new { name = $"t-{i}" });
        }

        await _acme.PostJsonAsync(Tokens, new { name = "one-more" }).AssertProblemAsync(409, "Conflict");
    }

    [Fact]
    public async Task The_renewal_by_the_operator_ends_every_token_of_the_organisation()
    {
        using HttpClient line = _verifier.With((await MakeAsync(_acme, new { name = "line-1" })).Text("token"));
        using HttpResponseMessage response = await _operator.PostJsonAsync("/v1/organisations/acme/token", new { });
        using HttpClient renewed = _verifier.With((await response.JsonAsync()).Text("token"));

        Assert.Equal((401, 401, 200), (await SeeAsync(line), await SeeAsync(_acme), await SeeAsync(renewed)));
        Assert.Equal("default", Assert.Single((await renewed.GetJsonAsync(Tokens)).GetProperty("tokens").EnumerateArray()).Text("name"));
    }

    [Fact]
    public async Task The_day_of_last_use_is_kept_and_written_once_a_day()
    {
        using HttpClient line = _verifier.With((await MakeAsync(_acme, new { name = "line-1" })).Text("token"));
        Assert.Null((await _acme.GetJsonAsync(Tokens)).GetProperty("tokens")[1].GetProperty("lastUsed").GetString());

        await SeeAsync(line);
        string first = await LastUseAsync();
        long before = _verifier.Services.GetRequiredService<StoreWriter>().Commits;
        await SeeAsync(line);
        await SeeAsync(line);
        long after = _verifier.Services.GetRequiredService<StoreWriter>().Commits;
        _clock.Advance(TimeSpan.FromDays(1));
        await SeeAsync(line);

        Assert.Equal(before, after);
        Assert.Equal(DateOnly.Parse(first, null).AddDays(1).ToString("yyyy-MM-dd", null), await LastUseAsync());
    }

    [Fact]
    public async Task History_says_which_token_did_it_and_the_public_registry_does_not()
    {
        using HttpClient line = _verifier.With((await MakeAsync(_acme, new { name = "line-1" })).Text("token"));
        JsonObject board = Boards.Hmac();
        Assert.Equal(201, await line.PostTextAsync("/v1/devices", board.ToJsonString()).StatusAsync());
        Assert.Equal(200, await line.PostJsonAsync($"/v1/devices/{board["ueid"]}/decommission", new { reason = "sold" }).StatusAsync());

        JsonElement history = await _acme.GetJsonAsync($"/v1/devices/{board["ueid"]}/history");

        Assert.Equal("decommission by acme/line-1: sold", history.GetProperty("history")[0].Text("cause"));
    }

    [Fact]
    public async Task No_token_stands_in_the_store()
    {
        string token = (await MakeAsync(_acme, new { name = "line-1" })).Text("token");
        await _verifier.StopAsync();

        foreach (string file in Directory.EnumerateFiles(_verifier.DataDirectory, "iotattest.db*"))
        {
            Assert.Equal(-1, File.ReadAllBytes(file).AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(token)));
        }

        await _verifier.RestartAsync();
    }

    private static async Task<JsonElement> MakeAsync(HttpClient client, object body)
    {
        using HttpResponseMessage response = await client.PostJsonAsync(Tokens, body);
        Assert.True((int)response.StatusCode == 201, await response.Content.ReadAsStringAsync());
        return await response.JsonAsync();
    }

    private static Task<int> SeeAsync(HttpClient client) => client.GetAsync(Relative("/v1/devices")).StatusAsync();

    private static Task<int> DeleteAsync(HttpClient client, string id) => client.DeleteAsync(Relative($"{Tokens}/{id}")).StatusAsync();

    private static Uri Relative(string path) => new(path, UriKind.Relative);

    /// <summary>The write is not waited for by the request; the queue is: what is asked after it comes after it.</summary>
    private async Task<string> LastUseAsync()
    {
        await _verifier.Services.GetRequiredService<StoreWriter>().ExecuteAsync((_, _) => true);
        return (await _acme.GetJsonAsync(Tokens)).GetProperty("tokens")[1].Text("lastUsed");
    }
}
