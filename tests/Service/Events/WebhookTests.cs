using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IotAttest.Service.Webhooks;
using IotAttest.Support;

namespace IotAttest.Service.Tests.Events;

/// <summary>Webhooks after Standard Webhooks 1.0: signed, in order, again after a failure, never to where they must not go.</summary>
public sealed class WebhookTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private VerifierUnderTest _verifier = null!;
    private Registry _registry = null!;
    private WebhookReceiver _receiver = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        _receiver = await WebhookReceiver.StartAsync();
        _verifier = await VerifierUnderTest.StartAsync(_clock, options => options with { WebhookHosts = ["127.0.0.1"] });
        _registry = await Registry.OpenAsync(_verifier);
        _client = _verifier.Operator();
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        _registry.Dispose();
        await _verifier.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Theory]
    [InlineData("https://10.0.0.1/")]
    [InlineData("no address")]
    public async Task An_address_that_must_not_be_called_is_400(string url) =>
        await _client.PostJsonAsync("/v1/webhooks", new { url }).AssertProblemAsync(400, "Malformed");

    [Fact]
    public async Task A_change_arrives_signed_and_the_secret_is_shown_once()
    {
        JsonElement made = await AddAsync("build.submitted");
        string build = await _registry.SubmitAsync(Firmware.Certified);

        (string id, string timestamp, string signature, string body) = (await ReceivedAsync(1))[0];

        byte[] secret = Convert.FromBase64String(made.Text("secret")["whsec_".Length..]);
        Assert.Equal($"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}")))}", signature);
        using JsonDocument json = JsonDocument.Parse(body);
        Assert.Equal("build.submitted", json.RootElement.Text("type"));
        Assert.Equal(build, json.RootElement.GetProperty("data").Text("build"));
        JsonElement listed = (await _client.GetJsonAsync("/v1/webhooks")).GetProperty("webhooks")[0];
        Assert.Equal((made.Text("id"), JsonValueKind.Null), (listed.Text("id"), listed.GetProperty("secret").ValueKind));
    }

    [Fact]
    public async Task What_a_receiver_refuses_comes_again_in_order_also_after_a_restart()
    {
        await AddAsync("build.submitted");
        _receiver.Status = 503;
        await _registry.SubmitAsync(Firmware.Certified, "1.0.0");
        await _registry.SubmitAsync(Firmware.Tampered, "1.1.0");
        string first = (await ReceivedAsync(1))[0].Id;
        await Eventually.TrueAsync(async () => (await _client.GetJsonAsync("/v1/webhooks")).GetProperty("webhooks")[0].GetProperty("failedAttempts").GetInt64() == 1, "the failure is stored");

        await _verifier.RestartAsync();
        _receiver.Status = 204;
        _clock.Advance(TimeSpan.FromSeconds(6));

        (string Id, string Timestamp, string Signature, string Body)[] received = await ReceivedAsync(3);
        Assert.Equal([first, first], received[..2].Select(delivery => delivery.Id));
        Assert.NotEqual(first, received[2].Id);
        Assert.Contains("\"1.1.0\"", received[2].Body, StringComparison.Ordinal);
        _client.Dispose();
        _client = _verifier.Operator();
    }

    [Fact]
    public async Task What_is_refused_ten_times_becomes_a_dead_letter_and_a_replay_brings_it_again()
    {
        JsonElement webhook = await AddAsync("build.submitted");
        string id = webhook.Text("id");
        _receiver.Status = 500;
        await _registry.SubmitAsync(Firmware.Certified);
        for (int attempt = 1; attempt <= RetryPlan.MaxAttempts; attempt++)
        {
            await ReceivedAsync(attempt);
            int expected = attempt;
            await Eventually.TrueAsync(async () => expected == RetryPlan.MaxAttempts ? await DeadAsync(id) == 1 : await AttemptsAsync() == expected, $"attempt {attempt}");
            _clock.Advance(TimeSpan.FromHours(11));
        }

        JsonElement dead = (await _client.GetJsonAsync($"/v1/webhooks/{id}/dead-letters")).GetProperty("deadLetters")[0];
        _receiver.Status = 200;
        Assert.Equal(202, await _client.PostJsonAsync($"/v1/webhooks/{id}/replay", new { since = "0" }).StatusAsync());
        await ReceivedAsync(RetryPlan.MaxAttempts + 1);

        Assert.Equal("status 500", dead.Text("error"));
        Assert.Equal(0, await DeadAsync(id));

        async Task<int> DeadAsync(string webhookId) => (await _client.GetJsonAsync($"/v1/webhooks/{webhookId}/dead-letters")).GetProperty("deadLetters").GetArrayLength();
        async Task<long> AttemptsAsync() => (await _client.GetJsonAsync("/v1/webhooks")).GetProperty("webhooks")[0].GetProperty("failedAttempts").GetInt64();
    }

    [Fact]
    public async Task A_test_says_at_once_how_it_went()
    {
        string id = (await AddAsync()).Text("id");

        JsonElement good = await TestAsync(id);
        _receiver.Status = 302;
        JsonElement redirected = await TestAsync(id);

        Assert.True(good.GetProperty("delivered").GetBoolean());
        Assert.Equal((false, "status 302"), (redirected.GetProperty("delivered").GetBoolean(), redirected.Text("error")));

        // What the registry did before reaches it too, in an order of its own.
        Assert.Equal(2, _receiver.Received.Count(delivery => delivery.Body.Contains("webhook.test", StringComparison.Ordinal)));

        async Task<JsonElement> TestAsync(string webhook)
        {
            using HttpResponseMessage response = await _client.PostAsync(new Uri($"/v1/webhooks/{webhook}/test", UriKind.Relative), null);
            return await response.JsonAsync();
        }
    }

    [Fact]
    public async Task A_name_that_leads_to_a_private_address_is_not_connected_to()
    {
        JsonElement made = await (await _client.PostJsonAsync("/v1/webhooks", new { url = $"https://localhost:{new Uri(_receiver.Url).Port}/hook" })).JsonAsync();

        using HttpResponseMessage response = await _client.PostAsync(new Uri($"/v1/webhooks/{made.Text("id")}/test", UriKind.Relative), null);

        Assert.False((await response.JsonAsync()).GetProperty("delivered").GetBoolean());
        Assert.Empty(_receiver.Received);
    }

    [Fact]
    public async Task Nobody_sees_or_touches_the_webhooks_of_another()
    {
        string id = (await AddAsync()).Text("id");
        using HttpClient fleet = await _verifier.OrganisationAsync("fleet", "integrator");

        Assert.Equal(0, (await fleet.GetJsonAsync("/v1/webhooks")).GetProperty("webhooks").GetArrayLength());
        await fleet.DeleteAsync(new Uri($"/v1/webhooks/{id}", UriKind.Relative)).AssertProblemAsync(404, "NotFound");
        await fleet.GetAsync(new Uri($"/v1/webhooks/{id}/dead-letters", UriKind.Relative)).AssertProblemAsync(404, "NotFound");
        await fleet.PostJsonAsync($"/v1/webhooks/{id}/replay", new { since = "0" }).AssertProblemAsync(404, "NotFound");
        await fleet.PostAsync(new Uri($"/v1/webhooks/{id}/test", UriKind.Relative), null).AssertProblemAsync(404, "NotFound");
        Assert.Equal(204, await _client.DeleteAsync(new Uri($"/v1/webhooks/{id}", UriKind.Relative)).StatusAsync());
    }

    [Fact]
    public async Task An_organisation_has_at_most_twenty()
    {
        for (int i = 0; i < WebhookRegistry.MaxPerOrganisation; i++)
        {
            await AddAsync("build.submitted");
        }

        await _client.PostJsonAsync("/v1/webhooks", new { url = _receiver.Url }).AssertProblemAsync(409, "Conflict");
    }

    private async Task<JsonElement> AddAsync(params string[] types)
    {
        using HttpResponseMessage response = await _client.PostJsonAsync("/v1/webhooks", new { url = _receiver.Url, types });
        Assert.Equal(201, (int)response.StatusCode);
        return await response.JsonAsync();
    }

    private async Task<(string Id, string Timestamp, string Signature, string Body)[]> ReceivedAsync(int count)
    {
        await Eventually.TrueAsync(() => Task.FromResult(_receiver.Received.Count >= count), $"{count} deliveries");
        return [.. _receiver.Received];
    }
}
