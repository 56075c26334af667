using System.Net;
using IotAttest.Service.Access.CodeFlow;
using IotAttest.Service.Access.Sessions;
using IotAttest.Service.Tests.Lessons;
using IotAttest.Support;
using Microsoft.Extensions.Primitives;

namespace IotAttest.Service.Tests.Access;

/// <summary>Signing in with the issuer, as it should be; what goes wrong is in <see cref="HostileSignInTests"/>.</summary>
public sealed class CodeSignInTests : IAsyncLifetime
{
    private IssuerVisit _visit = null!;

    public async Task InitializeAsync() => _visit = await IssuerVisit.StartAsync();

    public async Task DisposeAsync() => await _visit.DisposeAsync();

    [Fact]
    public async Task Who_signs_in_there_gets_a_session_here_and_is_led_back()
    {
        using SignedIn browser = _visit.NewBrowser();

        using HttpResponseMessage signed = await _visit.SignInAsync(browser, "/desk?x=1");

        Assert.Equal((200, "0; url=/desk?x=1"), ((int)signed.StatusCode, signed.Headers.GetValues("Refresh").Single()));
        Assert.Contains("href=\"/desk?x=1\"", await signed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using HttpResponseMessage desk = await browser.GetAsync("/desk");
        Assert.Contains("acme/oidc:ann", await desk.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rfc7636_and_9700_each_sign_in_asks_with_its_own_challenge_state_and_nonce_for_one_address()
    {
        using SignedIn browser = _visit.NewBrowser();

        Dictionary<string, StringValues> first = await IssuerVisit.AskedAsync(browser);
        Dictionary<string, StringValues> second = await IssuerVisit.AskedAsync(browser);

        Assert.Equal("code S256 openid", $"{first["response_type"]} {first["code_challenge_method"]} {first["scope"]}");
        Assert.Equal($"{IssuerCodes.ClientId} 1", $"{first["client_id"]} {first["tenant"]}");
        Assert.Equal($"{_visit.Verifier.Address.GetLeftPart(UriPartial.Authority)}/sign-in/oidc/callback", first["redirect_uri"].ToString());
        Assert.All(["state", "nonce", "code_challenge"], name => Assert.Equal((43, false), (first[name].ToString().Length, first[name] == second[name])));
        Assert.Equal(3, new[] { first["state"], first["nonce"], first["code_challenge"] }.Distinct().Count());
    }

    /// <summary>RFC 7636 appendix B.</summary>
    [Fact]
    public void Rfc7636_B_the_challenge_of_the_example() =>
        Assert.Equal("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", Pkce.ChallengeOf("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));

    [Fact]
    public async Task The_cookies_are_out_of_reach_of_scripts_and_hold_nothing()
    {
        using SignedIn browser = _visit.NewBrowser();
        using HttpResponseMessage begun = await browser.GetAsync(CodeSignIn.StartPath);
        string cookie = Assert.Single(begun.Headers.GetValues("Set-Cookie"));

        Assert.Contains("; httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("; samesite=lax", cookie, StringComparison.Ordinal);
        Assert.Contains("; max-age=600", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain(System.Web.HttpUtility.ParseQueryString(begun.Headers.Location!.Query)["state"]!, cookie, StringComparison.Ordinal);

        using HttpResponseMessage signed = await _visit.SignInAsync(browser);
        string[] cookies = [.. signed.Headers.GetValues("Set-Cookie")];
        Assert.Contains(cookies, each => each.StartsWith("signin=;", StringComparison.Ordinal));
        Assert.Contains(cookies, each => each.StartsWith("session=", StringComparison.Ordinal) && each.Contains("; samesite=strict", StringComparison.Ordinal));
        Assert.Equal(("no-store", "no-referrer"), (signed.Headers.GetValues("Cache-Control").Single(), signed.Headers.GetValues("Referrer-Policy").Single()));
    }

    [Fact]
    public async Task Where_the_public_address_is_https_it_is_where_the_issuer_sends_back_and_the_cookie_is_secure()
    {
        await using IssuerVisit visit = await IssuerVisit.StartAsync(options => options with { PublicUrl = new Uri("https://iotattest.example/") });
        using SignedIn browser = visit.NewBrowser();
        browser.Http.DefaultRequestHeaders.Host = "attacker.example";

        using HttpResponseMessage begun = await browser.GetAsync(CodeSignIn.StartPath);

        Assert.Contains("redirect_uri=https%3A%2F%2Fiotattest.example%2Fsign-in%2Foidc%2Fcallback&", begun.Headers.Location!.Query, StringComparison.Ordinal);
        string cookie = Assert.Single(begun.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("__Host-signin=", cookie, StringComparison.Ordinal);
        Assert.Contains("; secure", cookie, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("client_secret_basic")]
    [InlineData("client_secret_post")]
    public async Task A_confidential_client_shows_its_secret_in_the_way_that_the_issuer_takes(string method)
    {
        const string Secret = "a secret: 100% /+&=";
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, Secret + "\n");
        await using IssuerVisit visit = await IssuerVisit.StartAsync(options => options with { OidcClientSecretFile = file });
        (visit.Issuer.Codes.Secret, visit.Issuer.Codes.AuthenticationMethods) = (Secret, [method]);
        using SignedIn browser = visit.NewBrowser();

        Assert.Equal(200, await visit.SignInAsync(browser).StatusAsync());

        Assert.Equal(200, await browser.GetAsync("/desk").StatusAsync());
        File.Delete(file);
    }

    [Fact]
    public async Task The_session_ends_with_the_ID_token_to_the_second()
    {
        using SignedIn browser = _visit.NewBrowser();
        using HttpResponseMessage signed = await _visit.SignInAsync(browser);

        _visit.Clock.Advance(TimeSpan.FromMinutes(20) - TimeSpan.FromSeconds(1));
        Assert.Equal(200, await browser.GetAsync("/desk").StatusAsync());
        _visit.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(302, await browser.GetAsync("/desk").StatusAsync());
    }

    [Fact]
    public async Task Signing_in_again_ends_the_session_before_although_its_cookie_stayed_at_home()
    {
        using SignedIn browser = _visit.NewBrowser();
        using HttpResponseMessage signed = await _visit.SignInAsync(browser);
        Cookie before = browser.Cookies.GetCookies(_visit.Verifier.Address)["session"]!;
        string first = before.Value;
        Uri answer = await _visit.AnswerAsync(browser);
        before.Expired = true;

        Assert.Equal(200, await browser.Http.GetAsync(answer).StatusAsync());

        using SignedIn thief = _visit.NewBrowser();
        thief.Cookies.Add(_visit.Verifier.Address, new Cookie("session", first));
        Assert.Equal(302, await thief.GetAsync("/desk").StatusAsync());
        Assert.Equal(200, await browser.GetAsync("/desk").StatusAsync());
    }

    [Fact]
    public async Task Signing_out_ends_the_session_here_and_asks_the_issuer_nothing()
    {
        using SignedIn browser = _visit.NewBrowser();
        using HttpResponseMessage signed = await _visit.SignInAsync(browser);

        using HttpResponseMessage left = await browser.PostAsync("/sign-out", [], await browser.FormTokenAsync("/desk"));

        Assert.Equal((303, LocalPath.SignInPage), ((int)left.StatusCode, left.Headers.Location?.OriginalString));
        Assert.Equal(302, await browser.GetAsync("/desk").StatusAsync());
    }

    [Fact]
    public async Task An_ID_token_is_no_bearer_token()
    {
        string idToken = "";
        _visit.Issuer.Codes.IdToken = asked => idToken = _visit.Issuer.Sign(_visit.Claims(asked), "JWT");
        using SignedIn browser = _visit.NewBrowser();
        using HttpResponseMessage signed = await _visit.SignInAsync(browser);

        using HttpClient thief = _visit.Verifier.With(idToken);
        await thief.GetAsync(new Uri("/v1/devices", UriKind.Relative)).AssertProblemAsync(401, "NoLogin");
        using SignedIn other = _visit.NewBrowser();
        Assert.Equal(401, await other.SignInAsync(idToken).StatusAsync());
    }

    [Theory]
    [InlineData("en", "Sign in with 127.0.0.1")]
    [InlineData("de", "Anmelden mit 127.0.0.1")]
    public async Task The_page_offers_the_issuer_in_both_languages_without_a_script(string language, string words)
    {
        using SignedIn browser = _visit.NewBrowser();

        string page = await browser.Http.GetStringAsync(new Uri($"/sign-in?returnTo=%2Fdesk&lang={language}", UriKind.Relative));

        Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.Contains("href=\"/sign-in/oidc?returnTo=%2Fdesk\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_client_there_is_neither_the_offer_nor_the_way()
    {
        await using VerifierUnderTest plain = await VerifierUnderTest.StartAsync();
        using SignedIn browser = new(plain.Address);

        Assert.DoesNotContain("oidc", await browser.Http.GetStringAsync(new Uri("/sign-in", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Equal(404, await browser.GetAsync(CodeSignIn.StartPath).StatusAsync());
        Assert.Equal(404, await browser.GetAsync($"{CodeSignIn.CallbackPath}?code=a&state=b").StatusAsync());
    }

    [Theory]
    [InlineData("an-id", null, null, "openid", "without OidcAuthority")]
    [InlineData("", null, "https://login.example", "openid", "OidcClientId is empty")]
    [InlineData("an-id", null, "https://login.example", "profile", "one of them openid")]
    [InlineData("an-id", "nowhere.secret", "https://login.example", "openid", "where no file is")]
    [InlineData(null, "nowhere.secret", null, "openid", "without OidcClientId")]
    public async Task Options_that_do_not_fit_together_are_refused_at_the_start(string? client, string? secret, string? authority, string scope, string words)
    {
        Exception cause = await Assert.ThrowsAnyAsync<Exception>(() => VerifierUnderTest.StartAsync(change: options => options with
        {
            OidcClientId = client,
            OidcClientSecretFile = secret,
            OidcAuthority = authority is null ? null : new Uri(authority),
            OidcScope = scope,
        }));

        Assert.Contains(words, cause.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two\nlines")]
    [InlineData("ä")]
    public void A_file_that_holds_no_secret_is_refused_without_showing_it(string content)
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, content);

        (string? secret, string? fault) = ClientSecret.Read(file);

        Assert.Null(secret);
        Assert.Equal("which does not hold 1 to 1024 characters of visible ASCII", fault);
        File.Delete(file);
    }

    [Fact]
    public async Task No_code_no_token_and_no_secret_stands_in_the_log()
    {
        using LogMemory logs = new();
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "the-secret-of-the-client");
        await using IssuerVisit visit = await IssuerVisit.StartAsync(options => options with { OidcClientSecretFile = file }, logs);
        visit.Issuer.Codes.Secret = "the-secret-of-the-client";
        string idToken = "";
        visit.Issuer.Codes.IdToken = asked => idToken = visit.Issuer.Sign(visit.Claims(asked), "JWT");
        using SignedIn browser = visit.NewBrowser();
        Uri answer = await visit.AnswerAsync(browser);
        Assert.Equal(200, await browser.Http.GetAsync(answer).StatusAsync());
        Assert.Equal(400, await browser.Http.GetAsync(answer).StatusAsync());
        visit.Issuer.Codes.IdToken = _ => "a.wrong.token";
        Assert.Equal(401, await visit.SignInAsync(browser).StatusAsync());

        Assert.True(logs.Text.Length > 1000, "nothing was logged");
        Assert.Contains("sign-in with the OIDC issuer was refused: a JWT that does not verify", logs.Text, StringComparison.Ordinal);
        System.Collections.Specialized.NameValueCollection query = System.Web.HttpUtility.ParseQueryString(answer.Query);
        string[] secrets = [query["code"]!, query["state"]!, idToken, "the-secret-of-the-client", "a.wrong.token", .. visit.Issuer.Codes.Redeemed.Select(form => form["code_verifier"].ToString())];
        Assert.All(secrets, hidden => Assert.DoesNotContain(hidden, logs.Text, StringComparison.Ordinal));
        File.Delete(file);
    }

    [Fact]
    public void Sign_ins_under_way_are_bounded_and_the_oldest_make_room()
    {
        FakeClock clock = new();
        PendingSignIns pending = new(clock);
        (string id, PendingSignIn first) = pending.Begin("", null);
        for (int i = 1; i < PendingSignIns.MaxPending; i++)
        {
            pending.Begin("", null);
        }

        Assert.Equal(PendingSignIns.MaxPending, pending.Count);
        (string last, PendingSignIn kept) = pending.Begin("", null);
        Assert.Null(pending.Take(id, first.State));
        Assert.NotNull(pending.Take(last, kept.State));
        clock.Advance(PendingSignIns.Longest);
        pending.Begin("", null);
        Assert.Equal(1, pending.Count);
    }
}
