using System.Text.Json.Nodes;
using IotAttest.Service.Access.CodeFlow;
using IotAttest.Service.Access.Sessions;
using Microsoft.AspNetCore.Http;

namespace IotAttest.Service.Tests.Access;

/// <summary>Signing in with the issuer while somebody cheats: another browser, another issuer, another token.</summary>
public sealed class HostileSignInTests : IAsyncLifetime
{
    private IssuerVisit _visit = null!;

    public async Task InitializeAsync() => _visit = await IssuerVisit.StartAsync();

    public async Task DisposeAsync() => await _visit.DisposeAsync();

    private IssuerCodes Codes => _visit.Issuer.Codes;

    [Fact]
    public async Task Login_csrf_an_answer_from_another_browser_signs_nobody_in()
    {
        using SignedIn attacker = _visit.NewBrowser();
        using SignedIn victim = _visit.NewBrowser();
        Uri answer = await _visit.AnswerAsync(attacker);

        await RefusedAsync(victim, answer.PathAndQuery, 400, "not begun in this browser");

        // Nor while the victim has a sign-in of their own under way, which stays.
        Uri own = await _visit.AnswerAsync(victim);
        await RefusedAsync(victim, answer.PathAndQuery, 400, "not begun in this browser");
        Assert.Empty(Codes.Redeemed);
        Assert.Equal(200, await victim.Http.GetAsync(own).StatusAsync());
    }

    [Fact]
    public async Task A_code_of_somebody_else_put_into_an_answer_is_refused_by_its_challenge()
    {
        using SignedIn attacker = _visit.NewBrowser();
        using SignedIn victim = _visit.NewBrowser();
        string stolen = System.Web.HttpUtility.ParseQueryString((await _visit.AnswerAsync(victim)).Query)["code"]!;

        await RefusedAsync(attacker, IssuerVisit.With(await _visit.AnswerAsync(attacker), "code", stolen), 401, "the error invalid_grant");
    }

    [Fact]
    public async Task An_answer_counts_once()
    {
        using SignedIn browser = _visit.NewBrowser();
        Uri answer = await _visit.AnswerAsync(browser);
        Assert.Equal(200, await browser.Http.GetAsync(answer).StatusAsync());
        Assert.Equal(200, await browser.GetAsync("/desk").StatusAsync());

        using HttpResponseMessage again = await browser.Http.GetAsync(answer);

        Assert.Equal(400, (int)again.StatusCode);
        Assert.Single(Codes.Redeemed);
    }

    [Fact]
    public async Task Of_two_sign_ins_in_one_browser_the_later_counts_and_their_states_do_not_mix()
    {
        using SignedIn browser = _visit.NewBrowser();
        Uri first = await _visit.AnswerAsync(browser);
        Uri second = await _visit.AnswerAsync(browser);

        await RefusedAsync(browser, first.PathAndQuery, 400, "not begun in this browser");
        await RefusedAsync(browser, IssuerVisit.With(second, "state", null), 400, "not begun in this browser");
        await RefusedAsync(browser, $"{second.PathAndQuery}&state=twice", 400, "not begun in this browser");
        await RefusedAsync(browser, $"{second.PathAndQuery}&code=twice", 400, "not begun in this browser");
        await RefusedAsync(browser, IssuerVisit.With(second, "code", new string('a', 2049)), 400, "not begun in this browser");
        Assert.Equal(200, await browser.Http.GetAsync(second).StatusAsync());
    }

    [Theory]
    [InlineData(599, 200)]
    [InlineData(600, 400)]
    public async Task A_sign_in_takes_less_than_ten_minutes(int seconds, int status)
    {
        using SignedIn browser = _visit.NewBrowser();
        Uri answer = await _visit.AnswerAsync(browser);
        _visit.Clock.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(status, await browser.Http.GetAsync(answer).StatusAsync());
    }

    [Theory]
    [InlineData(true, "https://elsewhere.example", "another issuer")]
    [InlineData(true, null, "another issuer")]
    [InlineData(false, "https://elsewhere.example", "another issuer")]
    public async Task Rfc9207_an_answer_of_another_issuer_is_not_redeemed(bool isAdvertised, string? issuer, string seen)
    {
        Codes.NamesItself = isAdvertised;
        using SignedIn browser = _visit.NewBrowser();

        await RefusedAsync(browser, IssuerVisit.With(await _visit.AnswerAsync(browser), "iss", issuer), 401, seen);

        Assert.Empty(Codes.Redeemed);
    }

    [Fact]
    public async Task An_issuer_that_never_names_itself_in_answers_is_taken()
    {
        Codes.NamesItself = false;
        using SignedIn browser = _visit.NewBrowser();

        Assert.Equal(200, await _visit.SignInAsync(browser).StatusAsync());
    }

    [Theory]
    [InlineData("access_denied", "the error access_denied")]
    [InlineData("login_required", "the error login_required")]
    [InlineData("<b>call 555</b>", "an error that has no name here")]
    public async Task An_error_of_the_issuer_is_told_in_words_of_our_own(string error, string seen)
    {
        using SignedIn browser = _visit.NewBrowser();
        Uri answer = await _visit.AnswerAsync(browser);

        string page = await RefusedAsync(browser, $"{IssuerVisit.With(new Uri(answer, IssuerVisit.With(answer, "code", null)), "error", error)}&error_description=call+555", 401, seen);

        Assert.DoesNotContain("555", page, StringComparison.Ordinal);
        Assert.Empty(Codes.Redeemed);
    }

    [Theory]
    [InlineData("nonce", "somebody-elses", 401, "an ID token of another sign-in")]
    [InlineData("nonce", null, 401, "an ID token of another sign-in")]
    [InlineData("iss", "https://elsewhere.example", 401, "another issuer")]
    [InlineData("aud", "somebody-else", 401, "another audience")]
    [InlineData("aud", null, 401, "another audience")]
    [InlineData("azp", "somebody-else", 401, "for another client")]
    [InlineData("exp", null, 401, "time is over")]
    [InlineData("iat", null, 401, "when it was made")]
    [InlineData("sub", null, 401, "without a subject")]
    [InlineData("organisation", "nobody", 403, "no registered organisation")]
    public async Task A_claim_that_does_not_fit_signs_nobody_in(string claim, string? value, int status, string seen)
    {
        Codes.IdToken = asked => _visit.Issuer.Sign(Changed(asked, claim, value is null ? null : JsonValue.Create(value)), "JWT");
        using SignedIn browser = _visit.NewBrowser();

        await RefusedAsync(browser, (await _visit.AnswerAsync(browser)).PathAndQuery, status, seen);
    }

    [Fact]
    public async Task An_ID_token_that_is_for_others_too_or_over_or_another_kind_of_token_is_refused()
    {
        long now = _visit.Clock.GetUtcNow().ToUnixTimeSeconds();
        await RefusedAsync(asked => _visit.Issuer.Sign(Changed(asked, "aud", new JsonArray(IssuerCodes.ClientId, "somebody-else")), "JWT"), "another audience");
        await RefusedAsync(asked => _visit.Issuer.Sign(Changed(asked, "exp", JsonValue.Create(now)), "JWT"), "time is over");
        await RefusedAsync(asked => _visit.Issuer.Sign(_visit.Claims(asked), "at+jwt"), "of another kind");
        await RefusedAsync(asked => _visit.Issuer.Sign(_visit.Claims(asked), "logout+jwt"), "of another kind");
    }

    [Fact]
    public async Task Rfc8725_no_signature_another_key_and_the_public_key_as_a_secret_are_refused()
    {
        await using TestIssuer forger = await TestIssuer.StartAsync();
        await RefusedAsync(asked => _visit.Issuer.Unsigned(_visit.Claims(asked)), "does not verify");
        await RefusedAsync(asked => _visit.Issuer.SignWithPublicKey(_visit.Claims(asked), asPem: true), "does not verify");
        await RefusedAsync(asked => forger.Sign(_visit.Claims(asked), "JWT"), "does not verify");
        await RefusedAsync(_ => "no-jwt-at-all", "does not verify");
        await RefusedAsync(_ => new string('a', 10_000), "more than");
    }

    [Fact]
    public async Task A_token_endpoint_that_answers_something_else_signs_nobody_in()
    {
        await RefusedAsync(TypedResults.Text("<html>", "text/html"), 401, "no JSON");
        await RefusedAsync(TypedResults.Text("[]", "application/json"), 401, "no ID token");
        await RefusedAsync(TypedResults.Text("{\"id_token\":7}", "application/json"), 401, "no ID token");
        await RefusedAsync(TypedResults.Text("{\"error\":\"<b>\"}", "application/json", statusCode: 400), 401, "an error that has no name here");
        await RefusedAsync(TypedResults.Redirect("http://127.0.0.1:1/"), 401, "no JSON");
        await RefusedAsync(TypedResults.Text(new string(' ', 300_000), "application/json"), 503, "no answer");
    }

    [Theory]
    [InlineData("http://login.example/token")]
    [InlineData("ftp://127.0.0.1/token")]
    [InlineData("")]
    public async Task A_token_endpoint_without_TLS_is_never_asked(string endpoint)
    {
        Codes.TokenEndpoint = endpoint;
        using SignedIn browser = _visit.NewBrowser();

        await RefusedAsync(browser, CodeSignIn.StartPath, 503, "cannot be asked");
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/desk\r\nSet-Cookie: a=b")]
    public async Task After_signing_in_nobody_is_sent_elsewhere(string returnTo)
    {
        using SignedIn browser = _visit.NewBrowser();

        using HttpResponseMessage signed = await _visit.SignInAsync(browser, returnTo);

        Assert.Equal("0; url=/desk", signed.Headers.GetValues("Refresh").Single());
        Assert.DoesNotContain("elsewhere", await signed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cross-site", "/sign-in?returnTo=%2Fdesk")]
    [InlineData("same-site", "/sign-in?returnTo=%2Fdesk")]
    [InlineData("same-origin", null)]
    [InlineData("none", null)]
    public async Task Another_site_does_not_begin_a_sign_in(string from, string? sentTo)
    {
        using SignedIn browser = _visit.NewBrowser();
        browser.Http.DefaultRequestHeaders.Add("Sec-Fetch-Site", from);

        using HttpResponseMessage begun = await browser.GetAsync($"{CodeSignIn.StartPath}?returnTo=%2Fdesk");

        Assert.Equal(303, (int)begun.StatusCode);
        Assert.Equal(sentTo is null, begun.Headers.Location!.OriginalString.StartsWith(_visit.Issuer.Url, StringComparison.Ordinal));
        Assert.True(sentTo is null || sentTo == begun.Headers.Location.OriginalString);
    }

    [Fact]
    public async Task Who_brings_codes_that_do_not_hold_is_slowed_down()
    {
        using SignedIn browser = _visit.NewBrowser();
        for (int i = 0; i < SignInAttempts.MaxFailures; i++)
        {
            await RefusedAsync(browser, IssuerVisit.With(await _visit.AnswerAsync(browser), "code", "guess"), 401, "invalid_grant");
        }

        Assert.Equal(429, await browser.GetAsync(CodeSignIn.StartPath).StatusAsync());
    }

    private JsonObject Changed(IQueryCollection asked, string claim, JsonNode? value)
    {
        JsonObject claims = _visit.Claims(asked);
        claims.Remove(claim);
        if (value is not null)
        {
            claims[claim] = value;
        }

        return claims;
    }

    private async Task RefusedAsync(Func<IQueryCollection, string> idToken, string seen)
    {
        Codes.IdToken = idToken;
        using SignedIn browser = _visit.NewBrowser();
        await RefusedAsync(browser, (await _visit.AnswerAsync(browser)).PathAndQuery, 401, seen);
    }

    private async Task RefusedAsync(IResult tokenAnswer, int status, string seen)
    {
        Codes.TokenAnswer = tokenAnswer;
        using SignedIn browser = _visit.NewBrowser();
        await RefusedAsync(browser, (await _visit.AnswerAsync(browser)).PathAndQuery, status, seen);
    }

    private static async Task<string> RefusedAsync(SignedIn browser, string path, int status, string words)
    {
        using HttpResponseMessage response = await browser.GetAsync(path);
        string page = System.Net.WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
        Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode}: {page}");
        Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.DoesNotContain("formToken", page, StringComparison.Ordinal);
        Assert.Equal(302, await browser.GetAsync("/desk").StatusAsync());
        return page;
    }
}
