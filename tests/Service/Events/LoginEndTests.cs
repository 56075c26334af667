using System.Net;
using System.Net.ServerSentEvents;
using System.Security.Cryptography;
using System.Text.Json;
using IotAttest.Service.Tests.Access;
using IotAttest.Support;

namespace IotAttest.Service.Tests.Events;

/// <summary>Whoever may no longer listen hears no more: a stream and a webhook end with the login behind them.</summary>
public sealed class LoginEndTests : IAsyncLifetime
{
    private const string Tokens = "/v1/organisations/acme/tokens";

    private readonly FakeClock _clock = new();
    private VerifierUnderTest _verifier = null!;
    private WebhookReceiver _receiver = null!;
    private HttpClient _operator = null!;
    private HttpClient _acme = null!;

    public async Task InitializeAsync()
    {
        _receiver = await WebhookReceiver.StartAsync();
        _verifier = await VerifierUnderTest.StartAsync(_clock, options => options with { WebhookHosts = ["127.0.0.1"] });
        _operator = _verifier.Operator();
        _acme = await _verifier.OrganisationAsync("acme", "manufacturer");
    }

    public async Task DisposeAsync()
    {
        _operator.Dispose();
        _acme.Dispose();
        await _verifier.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_stream_ends_soon_after_its_token_was_revoked_and_the_others_go_on()
    {
        JsonElement line = await MakeAsync(new { name = "line-1" });
        using Listening revoked = await ListenAsync(line.Text("token"));
        using Listening kept = await ListenAsync(_acme.DefaultRequestHeaders.Authorization!.Parameter!);

        Assert.Equal(HttpStatusCode.NoContent, (await _acme.DeleteAsync(new Uri($"{Tokens}/{line.Text("id")}", UriKind.Relative))).StatusCode);

        await revoked.EndsAsync();
        await ChangeKeysAsync();
        Assert.Equal("organisation.key", (await kept.NextAsync()).EventType);
        Assert.Equal(401, await SeeAsync(line.Text("token")));
    }

    [Fact]
    public async Task A_stream_ends_soon_after_its_token_expired()
    {
        JsonElement line = await MakeAsync(new { name = "line-1", expiresAt = "2026-11-22T13:00:00Z" });
        using Listening listening = await ListenAsync(line.Text("token"));

        _clock.Advance(TimeSpan.FromHours(1));

        await listening.EndsAsync();
    }

    [Fact]
    public async Task A_stream_of_a_login_by_oidc_ends_with_its_jwt()
    {
        await using TestIssuer issuer = await TestIssuer.StartAsync();
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync(_clock, options => options with { OidcAuthority = new Uri(issuer.Url), OidcAudience = "iotattest" });
        await verifier.OrganisationAsync("acme", "manufacturer");
        string jwt = issuer.Sign(new()
        {
            ["iss"] = issuer.Url,
            ["aud"] = "iotattest",
            ["sub"] = "ann",
            ["exp"] = _clock.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds(),
            ["organisation"] = "acme",
            ["roles"] = new System.Text.Json.Nodes.JsonArray("manufacturer"),
        });
        using Listening listening = await ListenAsync(jwt, verifier);

        _clock.Advance(TimeSpan.FromMinutes(7));

        await listening.EndsAsync();
    }

    [Fact]
    public async Task A_webhook_stops_with_the_token_that_made_it_loses_nothing_and_another_login_resumes_it()
    {
        JsonElement line = await MakeAsync(new { name = "line-1" });
        using HttpClient maker = _verifier.With(line.Text("token"));
        string webhook = await AddAsync(maker);
        await ChangeKeysAsync();
        await ReceivedAsync(1);
        await _acme.DeleteAsync(new Uri($"{Tokens}/{line.Text("id")}", UriKind.Relative));
        await ChangeKeysAsync();
        await using WebhookReceiver other = await WebhookReceiver.StartAsync();
        string kept = await AddAsync(_acme, other);
        await ChangeKeysAsync();
        await ReceivedAsync(1, other);
        Assert.Equal(("the login that made it has ended", null), (await StoppedAsync(webhook), await StoppedAsync(kept)));
        Assert.Single(_receiver.Received);

        Assert.Equal(200, await _acme.PostJsonAsync($"/v1/webhooks/{webhook}/resume", new { }).StatusAsync());

        await ReceivedAsync(3);
        Assert.Null(await StoppedAsync(webhook));
    }

    [Fact]
    public async Task A_webhook_stops_when_its_token_expires_also_over_a_restart()
    {
        JsonElement line = await MakeAsync(new { name = "line-1", expiresAt = "2026-11-22T13:00:00Z" });
        using HttpClient maker = _verifier.With(line.Text("token"));
        string webhook = await AddAsync(maker);
        string token = _acme.DefaultRequestHeaders.Authorization!.Parameter!;
        Assert.Null(await StoppedAsync(webhook));

        _clock.Advance(TimeSpan.FromHours(1));
        await _verifier.RestartAsync();
        _acme.Dispose();
        _acme = _verifier.With(token);

        Assert.Equal("the login that made it has ended", await StoppedAsync(webhook));
    }

    [Fact]
    public async Task A_key_that_is_removed_is_an_event_with_the_reason()
    {
        string kid = await ChangeKeysAsync();
        using HttpRequestMessage removal = new(HttpMethod.Delete, new Uri($"/v1/organisations/acme/keys/{kid}", UriKind.Relative)) { Content = new StringContent("""{"reason":"lost"}""", null, "application/json") };
        Assert.Equal(200, await _operator.SendAsync(removal).StatusAsync());
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri("/v1/events?types=organisation.key", UriKind.Relative));
        request.Headers.Accept.ParseAdd("application/json");
        using HttpResponseMessage response = await _acme.SendAsync(request);

        JsonElement[] told = [.. (await response.JsonAsync()).GetProperty("events").EnumerateArray().Select(item => item.GetProperty("data"))];

        Assert.Equal(
            [(kid, "added", null), (kid, "removed", "lost")],
            told.Select(data => (data.Text("kid"), data.Text("change"), data.GetProperty("reason").GetString())));
    }

    private async Task<JsonElement> MakeAsync(object body)
    {
        using HttpResponseMessage response = await _acme.PostJsonAsync(Tokens, body);
        Assert.True((int)response.StatusCode == 201, await response.Content.ReadAsStringAsync());
        return await response.JsonAsync();
    }

    /// <summary>Makes an event that everybody hears, and returns the id of the new key.</summary>
    private async Task<string> ChangeKeysAsync()
    {
        using ECDsa key = SignedFiles.NewKey();
        using HttpResponseMessage response = await _operator.PostJsonAsync("/v1/organisations/acme/keys", new { key = key.ExportSubjectPublicKeyInfoPem() });
        return (await response.JsonAsync()).GetProperty("keys").EnumerateArray().Last().Text("kid");
    }

    private async Task<string> AddAsync(HttpClient client, WebhookReceiver? receiver = null)
    {
        using HttpResponseMessage response = await client.PostJsonAsync("/v1/webhooks", new { url = (receiver ?? _receiver).Url, types = new[] { "organisation.key" } });
        Assert.True((int)response.StatusCode == 201, await response.Content.ReadAsStringAsync());
        return (await response.JsonAsync()).Text("id");
    }

    private async Task<string?> StoppedAsync(string webhook) =>
        (await _acme.GetJsonAsync("/v1/webhooks")).GetProperty("webhooks").EnumerateArray().Single(each => each.Text("id") == webhook).GetProperty("stopped").GetString();

    private Task ReceivedAsync(int count, WebhookReceiver? receiver = null) => Eventually.TrueAsync(() => Task.FromResult((receiver ?? _receiver).Received.Count >= count), $"{count} deliveries");

    private async Task<int> SeeAsync(string token)
    {
        using HttpClient client = _verifier.With(token);
        return await client.GetAsync(new Uri("/v1/events", UriKind.Relative)).StatusAsync();
    }

    private Task<Listening> ListenAsync(string token) => ListenAsync(token, _verifier);

    private static async Task<Listening> ListenAsync(string token, VerifierUnderTest verifier)
    {
        HttpClient client = verifier.With(token);
        HttpResponseMessage response = await client.GetAsync(new Uri("/v1/events?types=organisation.key", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}");
        Listening listening = new(client, response, SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync().GetAsyncEnumerator());
        Assert.True(await listening.Items.MoveNextAsync().AsTask().WaitAsync(Patience.Long));
        return listening;
    }

    private sealed record Listening(HttpClient Client, HttpResponseMessage Response, IAsyncEnumerator<SseItem<string>> Items) : IDisposable
    {
        public async Task<SseItem<string>> NextAsync()
        {
            do
            {
                Assert.True(await Items.MoveNextAsync().AsTask().WaitAsync(Patience.Long), "the stream ended");
            }
            while (Items.Current.EventType == "ping");
            return Items.Current;
        }

        public async Task EndsAsync()
        {
            while (await Items.MoveNextAsync().AsTask().WaitAsync(Patience.Long))
            {
                Assert.Equal("ping", Items.Current.EventType);
            }
        }

        public void Dispose()
        {
            Response.Dispose();
            Client.Dispose();
        }
    }
}
