using System.Text.Json;
using System.Text.Json.Nodes;
using IotAttest.Service.Access;
using IotAttest.Support;

namespace IotAttest.Service.Tests.Access;

public sealed class OidcTests : IAsyncLifetime
{
    private const string Audience = "iotattest";

    private readonly FakeClock _clock = new();
    private TestIssuer _issuer = null!;
    private VerifierUnderTest _verifier = null!;

    public async Task InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        _verifier = await StartAsync(_issuer.Url);
    }

    public async Task DisposeAsync()
    {
        await _verifier.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task A_good_jwt_acts_for_its_organisation_and_the_log_names_its_subject()
    {
        using HttpClient ann = With(Claims());
        JsonObject board = Boards.Hmac();

        Assert.Equal(201, await ann.PostTextAsync("/v1/devices", board.ToJsonString()).StatusAsync());
        Assert.Equal(200, await ann.PostJsonAsync($"/v1/devices/{board["ueid"]}/decommission", new { reason = "sold" }).StatusAsync());

        JsonElement history = await ann.GetJsonAsync($"/v1/devices/{board["ueid"]}/history");
        Assert.Equal("decommission by acme/oidc:ann: sold", history.GetProperty("history")[0].Text("cause"));
        JsonElement entry = (await ann.GetJsonAsync("/v1/audit")).GetProperty("entries")[0];
        Assert.Equal(("acme", "oidc:ann"), (entry.Text("organisation"), entry.Text("token")));
    }

    [Fact]
    public async Task Tokens_of_the_verifier_go_on_beside_it()
    {
        using HttpClient client = _verifier.Operator();
        Assert.Equal(200, await SeeAsync(client));
        Assert.Equal(0, _issuer.Reads);
    }

    [Theory]
    [InlineData("iss", "https://elsewhere.example", "another issuer")]
    [InlineData("aud", "somebody-else", "another audience")]
    [InlineData("aud", null, "another audience")]
    [InlineData("organisation", "nobody", "no registered organisation")]
    [InlineData("organisation", "operator", "no registered organisation")]
    [InlineData("organisation", null, "no registered organisation")]
    [InlineData("sub", null, "without a subject")]
    [InlineData("sub", "a\u0007b", "without a subject")]
    [InlineData("exp", null, "time is over or has not come")]
    public async Task A_claim_that_does_not_fit_is_401_and_says_which(string claim, string? value, string seen)
    {
        JsonObject claims = Claims();
        claims.Remove(claim);
        if (value is not null)
        {
            claims[claim] = value;
        }

        await RefusedAsync(_issuer.Sign(claims), seen);
    }

    [Theory]
    [InlineData(-60, false)]
    [InlineData(-59, true)]
    public async Task A_jwt_ends_a_minute_after_its_time(int endsAfterSeconds, bool isTaken) =>
        Assert.Equal(isTaken ? 200 : 401, await SeeAsync(Claims(), ("exp", Seconds(endsAfterSeconds))));

    [Theory]
    [InlineData(60, true)]
    [InlineData(61, false)]
    public async Task A_jwt_begins_a_minute_before_its_time(int beginsAfterSeconds, bool isTaken) =>
        Assert.Equal(isTaken ? 200 : 401, await SeeAsync(Claims(), ("nbf", Seconds(beginsAfterSeconds))));

    [Fact]
    public async Task No_signature_and_the_public_key_as_a_secret_are_refused()
    {
        await RefusedAsync(_issuer.Unsigned(Claims()), "does not verify");
        await RefusedAsync(_issuer.SignWithPublicKey(Claims(), asPem: true), "does not verify");
        await RefusedAsync(_issuer.SignWithPublicKey(Claims(), asPem: false), "does not verify");
        await RefusedAsync(_issuer.Sign(Claims())[..^4] + "AAAA", "does not verify");
        await RefusedAsync("a.b.c", "does not verify");
        await RefusedAsync("..", "does not verify");
        await RefusedAsync($"{new string('a', OidcLogin.MaxTokenLength)}.b.c", "more than");
    }

    [Fact]
    public async Task A_new_key_is_found_by_itself_and_the_old_one_then_counts_no_more()
    {
        string old = _issuer.Sign(Claims());
        Assert.Equal(200, await SeeAsync(old));
        _issuer.Rotate("second");
        _clock.Advance(OidcIssuer.Pause);

        Assert.Equal(200, await SeeAsync(_issuer.Sign(Claims())));
        Assert.Equal(401, await SeeAsync(old));
    }

    [Fact]
    public async Task Unknown_keys_make_the_verifier_ask_its_issuer_at_most_once_in_half_a_minute()
    {
        Assert.Equal(200, await SeeAsync(_issuer.Sign(Claims())));
        await using TestIssuer forger = await TestIssuer.StartAsync();
        forger.Rotate("forged");
        JsonObject claims = Claims();
        for (int i = 0; i < 20; i++)
        {
            await RefusedAsync(forger.Sign(claims), "does not verify");
        }

        Assert.Equal(1, _issuer.Reads);
        _clock.Advance(OidcIssuer.Pause);
        await RefusedAsync(forger.Sign(claims), "does not verify");
        await RefusedAsync(forger.Sign(claims), "does not verify");
        Assert.Equal(2, _issuer.Reads);
    }

    [Fact]
    public async Task Roles_that_the_organisation_lacks_do_not_count_and_none_at_all_is_403()
    {
        using HttpClient more = With(Claims(roles: ["manufacturer", "auditor", "operator"]));
        using HttpClient none = With(Claims(roles: ["auditor", "operator"]));

        Assert.Equal(200, await SeeAsync(more));
        await more.PostJsonAsync("/v1/organisations", new { name = "x", roles = new[] { "body" } }).AssertProblemAsync(403, "Forbidden");
        await more.GetAsync(new Uri("/v1/refusals", UriKind.Relative)).AssertProblemAsync(403, "Forbidden");
        await none.GetAsync(new Uri("/v1/devices", UriKind.Relative)).AssertProblemAsync(403, "Forbidden");
    }

    [Fact]
    public async Task Roles_may_be_words_with_blanks_between()
    {
        JsonObject claims = Claims();
        claims["roles"] = "reader manufacturer";

        Assert.Equal(200, await SeeAsync(_issuer.Sign(claims)));
    }

    [Fact]
    public async Task Who_logged_in_so_makes_a_token_of_at_most_90_days_under_the_same_person()
    {
        using HttpClient ann = With(Claims());

        using HttpResponseMessage response = await ann.PostJsonAsync("/v1/organisations/acme/tokens", new { name = "script" });
        JsonElement token = await response.JsonAsync();

        Assert.Equal("oidc:ann", token.Text("person"));
        Assert.Equal(_clock.GetUtcNow() + TokenRegistry.LongestAfterOidc, DateTimeOffset.Parse(token.Text("expiresAt"), null));
    }

    [Fact]
    public async Task An_issuer_that_names_itself_otherwise_or_is_away_logs_nobody_in()
    {
        _issuer.ClaimedIssuer = "https://elsewhere.example";
        await RefusedAsync(_issuer.Sign(Claims()), "cannot be asked");
        _issuer.ClaimedIssuer = null;
        _clock.Advance(OidcIssuer.Pause);
        Assert.Equal(200, await SeeAsync(_issuer.Sign(Claims())));
        await using VerifierUnderTest lonely = await StartAsync($"http://127.0.0.1:{FreePort.Next()}");
        using HttpClient client = lonely.With(_issuer.Sign(Claims()));
        await client.GetAsync(new Uri("/v1/devices", UriKind.Relative)).AssertProblemAsync(401, "NoLogin");
    }

    [Fact]
    public async Task Without_an_issuer_a_jwt_is_an_unknown_token()
    {
        await using VerifierUnderTest plain = await VerifierUnderTest.StartAsync(_clock);
        using HttpClient client = plain.With(_issuer.Sign(Claims()));

        await client.GetAsync(new Uri("/v1/devices", UriKind.Relative)).AssertProblemAsync(401, "NoLogin");
    }

    [Theory]
    [InlineData("http://login.example", "iotattest", "https")]
    [InlineData("https://login.example?x=1", "iotattest", "without query")]
    [InlineData("https://login.example", null, "OidcAudience is empty")]
    [InlineData(null, "iotattest", "without OidcAuthority")]
    public async Task Options_that_would_let_others_in_are_refused_at_the_start(string? authority, string? audience, string words)
    {
        Exception cause = await Assert.ThrowsAnyAsync<Exception>(() => VerifierUnderTest.StartAsync(_clock, options => options with { OidcAuthority = authority is null ? null : new Uri(authority), OidcAudience = audience }));

        Assert.Contains(words, cause.Message, StringComparison.Ordinal);
    }

    private async Task<VerifierUnderTest> StartAsync(string authority)
    {
        VerifierUnderTest verifier = await VerifierUnderTest.StartAsync(_clock, options => options with { OidcAuthority = new Uri(authority), OidcAudience = Audience });
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer");
        return verifier;
    }

    private JsonObject Claims(string[]? roles = null) => new()
    {
        ["iss"] = _issuer.Url,
        ["aud"] = Audience,
        ["sub"] = "ann",
        ["exp"] = Seconds(600),
        ["nbf"] = Seconds(-1),
        ["organisation"] = "acme",
        ["roles"] = new JsonArray([.. (roles ?? ["manufacturer"]).Select(role => JsonValue.Create(role))]),
    };

    private long Seconds(int fromNow) => _clock.GetUtcNow().ToUnixTimeSeconds() + fromNow;

    private HttpClient With(JsonObject claims) => _verifier.With(_issuer.Sign(claims));

    private static Task<int> SeeAsync(HttpClient client) => client.GetAsync(new Uri("/v1/devices", UriKind.Relative)).StatusAsync();

    private async Task<int> SeeAsync(string jwt)
    {
        using HttpClient client = _verifier.With(jwt);
        return await SeeAsync(client);
    }

    private Task<int> SeeAsync(JsonObject claims, (string Name, long Value) changed)
    {
        claims[changed.Name] = changed.Value;
        return SeeAsync(_issuer.Sign(claims));
    }

    private async Task RefusedAsync(string jwt, string seen)
    {
        using HttpClient client = _verifier.With(jwt);
        JsonElement problem = await client.GetAsync(new Uri("/v1/devices", UriKind.Relative)).AssertProblemAsync(401, "NoLogin");
        Assert.Contains(seen, problem.Text("seen"), StringComparison.Ordinal);
        Assert.DoesNotContain("kid", problem.GetRawText(), StringComparison.OrdinalIgnoreCase);
    }
}
