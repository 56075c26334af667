using System.Net;
using IotAttest.Service.Access.Sessions;
using IotAttest.Support;

namespace IotAttest.Service.Tests.Access;

/// <summary>Signing in with a browser.</summary>
public sealed class SessionTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private VerifierUnderTest _verifier = null!;
    private HttpClient _acme = null!;

    public async Task InitializeAsync()
    {
        _verifier = await VerifierUnderTest.StartAsync(_clock);
        _acme = await _verifier.OrganisationAsync("acme", "manufacturer");
    }

    public async Task DisposeAsync()
    {
        _acme.Dispose();
        await _verifier.DisposeAsync();
    }

    private string Token => _acme.DefaultRequestHeaders.Authorization!.Parameter!;

    [Fact]
    public async Task Who_is_not_signed_in_is_led_to_the_form_and_back()
    {
        using SignedIn browser = new(_verifier.Address);

        using HttpResponseMessage asked = await browser.GetAsync("/desk?x=1");
        using HttpResponseMessage signed = await browser.SignInAsync(Token, "/desk?x=1");

        Assert.Equal((302, "/sign-in?returnTo=%2Fdesk%3Fx%3D1"), ((int)asked.StatusCode, asked.Headers.Location?.OriginalString));
        Assert.Equal((303, "/desk?x=1"), ((int)signed.StatusCode, signed.Headers.Location?.OriginalString));
        Assert.Equal(200, await browser.GetAsync("/desk").StatusAsync());
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    [InlineData("/\t/elsewhere.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("desk")]
    [InlineData("/desk\r\nSet-Cookie: a=b")]
    public async Task After_signing_in_nobody_is_sent_elsewhere(string returnTo)
    {
        using SignedIn browser = new(_verifier.Address);

        using HttpResponseMessage signed = await browser.SignInAsync(Token, returnTo);

        Assert.Equal("/desk", signed.Headers.Location?.OriginalString);
        Assert.False(LocalPath.IsLocal(returnTo));
    }

    [Fact]
    public async Task The_cookie_holds_no_token_and_is_out_of_reach_of_scripts_and_other_sites()
    {
        using SignedIn browser = new(_verifier.Address);

        using HttpResponseMessage signed = await browser.SignInAsync(Token);
        string cookie = signed.Headers.GetValues("Set-Cookie").Single(each => each.StartsWith("session=", StringComparison.Ordinal));

        Assert.DoesNotContain(Token, cookie, StringComparison.Ordinal);
        Assert.Contains("; httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("; samesite=strict", cookie, StringComparison.Ordinal);
        Assert.Contains("; path=/", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("domain", cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_public_address_is_https_the_cookie_is_of_this_host_alone_and_secure()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync(_clock, options => options with { PublicUrl = new Uri("https://iotattest.example/") });
        using SignedIn browser = new(verifier.Address);

        using HttpResponseMessage page = await browser.GetAsync("/sign-in");
        string cookie = Assert.Single(page.Headers.GetValues("Set-Cookie"));

        Assert.StartsWith("__Host-visit=", cookie, StringComparison.Ordinal);
        Assert.Contains("; secure", cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_id_that_a_browser_brought_never_becomes_a_session()
    {
        using SignedIn browser = new(_verifier.Address);
        const string Planted = "cGxhbnRlZC1ieS1zb21lYm9keS1lbHNl";
        browser.Cookies.Add(_verifier.Address, new Cookie("session", Planted));

        using HttpResponseMessage signed = await browser.SignInAsync(Token);

        Assert.Equal(303, (int)signed.StatusCode);
        Assert.NotEqual(Planted, browser.Cookies.GetCookies(_verifier.Address)["session"]!.Value);
        using SignedIn planter = new(_verifier.Address);
        planter.Cookies.Add(_verifier.Address, new Cookie("session", Planted));
        Assert.Equal(302, await planter.GetAsync("/desk").StatusAsync());
    }

    [Fact]
    public async Task Signing_in_again_ends_the_session_before()
    {
        using SignedIn browser = await SignedIn.InAsync(_verifier, Token);
        string first = browser.Cookies.GetCookies(_verifier.Address)["session"]!.Value;

        using HttpResponseMessage again = await browser.SignInAsync(Token);

        Assert.Equal(303, (int)again.StatusCode);
        using SignedIn thief = new(_verifier.Address);
        thief.Cookies.Add(_verifier.Address, new Cookie("session", first));
        Assert.Equal(302, await thief.GetAsync("/desk").StatusAsync());
    }

    [Fact]
    public async Task A_session_ends_after_half_an_hour_without_a_request()
    {
        using SignedIn browser = await SignedIn.InAsync(_verifier, Token);

        _clock.Advance(Session.LongestIdle - TimeSpan.FromSeconds(1));
        Assert.Equal(200, await browser.GetAsync("/desk").StatusAsync());
        _clock.Advance(Session.LongestIdle);

        Assert.Equal(302, await browser.GetAsync("/desk").StatusAsync());
    }

    [Fact]
    public async Task A_session_ends_after_eight_hours_whatever_happens()
    {
        using SignedIn browser = await SignedIn.InAsync(_verifier, Token);
        for (int i = 0; i < 23; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(20));
            Assert.Equal(200, await browser.GetAsync("/desk").StatusAsync());
        }

        _clock.Advance(TimeSpan.FromMinutes(20));

        Assert.Equal(302, await browser.GetAsync("/desk").StatusAsync());
    }

    [Fact]
    public async Task A_session_ends_with_its_token_at_once()
    {
        using HttpResponseMessage made = await _acme.PostJsonAsync("/v1/organisations/acme/tokens", new { name = "eve" });
        System.Text.Json.JsonElement token = await made.JsonAsync();
        using SignedIn browser = await SignedIn.InAsync(_verifier, token.Text("token"));
        Assert.Equal(200, await browser.GetAsync("/desk").StatusAsync());

        Assert.Equal(204, await _acme.DeleteAsync(new Uri($"/v1/organisations/acme/tokens/{token.Text("id")}", UriKind.Relative)).StatusAsync());

        Assert.Equal(302, await browser.GetAsync("/desk").StatusAsync());
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_not_just_the_cookie()
    {
        using SignedIn browser = await SignedIn.InAsync(_verifier, Token);
        string id = browser.Cookies.GetCookies(_verifier.Address)["session"]!.Value;

        using HttpResponseMessage left = await browser.PostAsync("/sign-out", [], await browser.FormTokenAsync("/desk"));

        Assert.Equal(303, (int)left.StatusCode);
        using SignedIn thief = new(_verifier.Address);
        thief.Cookies.Add(_verifier.Address, new Cookie("session", id));
        Assert.Equal(302, await thief.GetAsync("/desk").StatusAsync());
    }

    [Theory]
    [InlineData("https://elsewhere.example")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("http://127.0.0.1:1")]
    public async Task A_form_of_another_origin_is_refused_even_with_its_token(string origin)
    {
        using SignedIn browser = await SignedIn.InAsync(_verifier, Token);
        string formToken = await browser.FormTokenAsync("/desk");
        browser.Origin = origin;

        Assert.Equal(403, await browser.PostAsync("/sign-out", [], formToken).StatusAsync());
        Assert.Equal(200, await browser.GetAsync("/desk").StatusAsync());
    }

    [Fact]
    public async Task A_form_without_its_token_or_with_that_of_another_session_is_refused()
    {
        using SignedIn browser = await SignedIn.InAsync(_verifier, Token);
        using SignedIn other = await SignedIn.InAsync(_verifier, Token);

        Assert.Equal(403, await browser.PostAsync("/sign-out", [], "").StatusAsync());
        Assert.Equal(403, await browser.PostAsync("/sign-out", [], await other.FormTokenAsync("/desk")).StatusAsync());
        Assert.Equal(200, await browser.GetAsync("/desk").StatusAsync());
    }

    [Fact]
    public async Task Nobody_is_signed_in_by_the_form_of_another_site()
    {
        using SignedIn browser = new(_verifier.Address);
        using SignedIn attacker = new(_verifier.Address);

        Assert.Equal(403, await browser.PostAsync("/sign-in", new() { ["token"] = Token }, await attacker.FormTokenAsync("/sign-in")).StatusAsync());
        Assert.Equal(302, await browser.GetAsync("/desk").StatusAsync());
    }

    [Fact]
    public async Task The_cookie_opens_no_route_of_the_API_but_the_stream_of_live_pages()
    {
        using SignedIn browser = await SignedIn.InAsync(_verifier, Token);
        browser.Http.DefaultRequestHeaders.Accept.Clear();
        browser.Http.DefaultRequestHeaders.Accept.ParseAdd("application/json");

        Assert.Equal(401, await browser.GetAsync("/v1/devices").StatusAsync());
        Assert.Equal(401, await browser.Http.PostTextAsync("/v1/devices", Boards.Hmac().ToJsonString()).StatusAsync());
        Assert.Equal(401, await browser.Http.PostJsonAsync("/v1/webhooks", new { url = "https://hooks.example.com/" }).StatusAsync());
        Assert.Equal(200, await browser.GetAsync("/v1/events?since=0").StatusAsync());
    }

    [Fact]
    public async Task A_stream_ends_with_the_session_it_was_opened_in()
    {
        using SignedIn browser = await SignedIn.InAsync(_verifier, Token);
        string formToken = await browser.FormTokenAsync("/desk");
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri("/v1/events", UriKind.Relative));
        request.Headers.Accept.ParseAdd("text/event-stream");
        using HttpResponseMessage stream = await browser.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Task<string> all = stream.Content.ReadAsStringAsync();

        Assert.Equal(303, await browser.PostAsync("/sign-out", [], formToken).StatusAsync());

        Assert.Contains("ping", await all.WaitAsync(Patience.Long), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_that_nobody_has_can_be_tried_ten_times_and_a_good_one_is_then_refused_for_a_while_too()
    {
        using SignedIn browser = new(_verifier.Address);
        for (int i = 0; i < SignInAttempts.MaxFailures; i++)
        {
            Assert.Equal(401, await browser.SignInAsync("guess").StatusAsync());
        }

        Assert.Equal(429, await browser.SignInAsync(Token).StatusAsync());
        _clock.Advance(SignInAttempts.Window);
        Assert.Equal(303, await browser.SignInAsync(Token).StatusAsync());
    }

    [Fact]
    public async Task A_page_with_a_form_token_is_not_compressed()
    {
        using SignedIn browser = await SignedIn.InAsync(_verifier, Token);
        browser.Http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip");

        using HttpResponseMessage page = await browser.GetAsync("/");

        Assert.Empty(page.Content.Headers.ContentEncoding);
        Assert.Contains("formToken", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("same-origin", page.Headers.GetValues("Referrer-Policy").Single());
        Assert.DoesNotContain("unsafe-inline", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_that_is_over_leaves_no_trace_and_the_oldest_make_room()
    {
        SessionStore store = new(_clock);
        string first = store.Begin("a");
        _clock.Advance(TimeSpan.FromSeconds(1));
        for (int i = 0; i < SessionStore.MaxSessions; i++)
        {
            store.Begin("b");
        }

        Assert.Null(store.Find(first, isSeen: true));
        Assert.Equal(SessionStore.MaxSessions, store.Count);
        _clock.Advance(Session.LongestIdle);
        store.Begin("c");
        Assert.Equal(1, store.Count);
    }
}
