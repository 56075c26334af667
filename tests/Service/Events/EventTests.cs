using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text.Json;
using IotAttest.Service.Events;
using IotAttest.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Tests.Events;

/// <summary>What happens is told: exactly once in the outbox, to those who may hear it.</summary>
public sealed class EventTests : IAsyncLifetime
{
    private VerifierUnderTest _verifier = null!;
    private Registry _registry = null!;

    public async Task InitializeAsync()
    {
        _verifier = await VerifierUnderTest.StartAsync();
        _registry = await Registry.OpenAsync(_verifier);
    }

    public async Task DisposeAsync()
    {
        _registry.Dispose();
        await _verifier.DisposeAsync();
    }

    [Fact]
    public async Task A_tampered_board_makes_one_event_and_confirming_reports_make_none()
    {
        await _registry.SubmitCertifiedAsync(Firmware.Certified);
        using TestBoard board = await new TestBoard(_verifier).EnrolAsync();
        await board.AttestAsync();
        await AttestAgainAsync(board);
        await AttestAgainAsync(board, Firmware.Tampered);

        JsonElement[] verdicts = await ReadAsync("device.verdict");

        Assert.Equal([("Unknown", "Conformant"), ("Conformant", "Compromised")], verdicts.Select(verdict => (Data(verdict).Text("previous"), Data(verdict).Text("conformity"))));
        Assert.Equal(board.Ueid, Data(verdicts[1]).Text("ueid"));
        Assert.Equal("UnknownMeasurement", Data(verdicts[1]).GetProperty("drift")[0].GetString());
        Assert.Equal("evidence", Data(verdicts[1]).Text("cause"));
    }

    [Fact]
    public async Task Builds_certificates_decisions_and_keys_are_told_in_the_order_in_which_they_happened()
    {
        (string build, string certificate) = await _registry.SubmitCertifiedAsync(Firmware.Certified);
        string next = await _registry.SubmitAsync(Firmware.Tampered, "1.1.0");
        await _registry.DecideAsync(certificate, "suspend");
        using (HttpClient client = _verifier.Operator())
        {
            Assert.Equal(200, await client.PostJsonAsync($"/v1/builds/{build}/supersede", new { by = next, grace = "P30D" }).StatusAsync());
        }

        JsonElement[] events = await ReadAsync("organisation.key,build.submitted,build.superseded,certificate.status");

        Assert.Equal(
            ["organisation.key", "organisation.key", "build.submitted", "certificate.status", "build.submitted", "certificate.status", "build.superseded"],
            events.Select(item => item.Text("type")));
        Assert.Equal("acme", Data(events[0]).Text("organisation"));
        Assert.Equal((build, "Certified"), (Data(events[3]).Text("build"), Data(events[3]).Text("status")));
        Assert.Equal((certificate, "Suspended", "demo-cb"), (Data(events[5]).Text("certificate"), Data(events[5]).Text("status"), Data(events[5]).Text("decidedBy")));
        Assert.Equal((build, next), (Data(events[6]).Text("build"), Data(events[6]).Text("supersededBy")));
        long[] ids = [.. events.Select(item => long.Parse(item.Text("id"), null))];
        Assert.Equal(ids.Order().Distinct(), ids);
    }

    [Fact]
    public async Task A_retired_build_and_a_raised_minimum_are_told_with_who_and_why()
    {
        string build = await _registry.SubmitAsync(Firmware.Certified, "1.0.0", securityVersion: 3);
        using HttpClient client = _verifier.Operator();
        Assert.Equal(200, await client.PostJsonAsync($"/v1/classes/{Boards.Class}/minimum-security-version", new { version = 3, reason = "keys leaked before 3", manufacturer = "acme" }).StatusAsync());
        Assert.Equal(200, await client.PostJsonAsync($"/v1/builds/{build}/retire", new { reason = "replaced" }).StatusAsync());

        JsonElement[] events = await ReadAsync("build.retired,class.minimum");

        Assert.Equal(["class.minimum", "build.retired"], events.Select(item => item.Text("type")));
        Assert.Equal((Boards.Class, 3, "keys leaked before 3"), (Data(events[0]).Text("class"), Data(events[0]).GetProperty("minimumSecurityVersion").GetInt32(), Data(events[0]).Text("reason")));
        Assert.Equal((build, "1.0.0", "replaced"), (Data(events[1]).Text("build"), Data(events[1]).Text("version"), Data(events[1]).Text("reason")));
    }

    [Fact]
    public async Task Nobody_hears_of_a_board_that_is_neither_made_nor_run_by_him()
    {
        await _registry.SubmitCertifiedAsync(Firmware.Certified);
        using HttpClient fleet = await _verifier.OrganisationAsync("fleet", "integrator");
        using HttpClient other = await _verifier.OrganisationAsync("other", "integrator");
        using HttpClient body = await _verifier.OrganisationAsync("cb", "body");
        using HttpClient auditor = await _verifier.OrganisationAsync("eye", "auditor");
        using TestBoard board = await new TestBoard(_verifier).EnrolAsync("owner", "fleet");
        await board.AttestAsync();

        int[] heard = [await CountAsync(fleet), await CountAsync(other), await CountAsync(body), await CountAsync(auditor)];

        Assert.Equal(new[] { 1, 0, 0, 1 }, heard);

        async Task<int> CountAsync(HttpClient client) => (await ReadAsync("device.verdict", client)).Length;
    }

    [Fact]
    public async Task A_listener_gets_events_as_they_happen_and_goes_on_where_it_was()
    {
        await _registry.SubmitCertifiedAsync(Firmware.Certified);
        using TestBoard board = await new TestBoard(_verifier).EnrolAsync();
        using HttpClient client = _verifier.Operator();
        Task<SseItem<string>> first = NextAsync(client, "device.verdict", null);
        await Eventually.TrueAsync(() => Task.FromResult(first.Status != TaskStatus.Created), "the listener");
        await board.AttestAsync();

        SseItem<string> conformant = await first.WaitAsync(Patience.Long);
        await AttestAgainAsync(board, Firmware.Tampered);
        SseItem<string> compromised = await NextAsync(client, "device.verdict", conformant.EventId).WaitAsync(Patience.Long);

        Assert.Equal("device.verdict", conformant.EventType);
        Assert.Contains("\"conformity\":\"Conformant\"", conformant.Data, StringComparison.Ordinal);
        Assert.Contains("\"conformity\":\"Compromised\"", compromised.Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_survive_a_restart_and_a_page_follows_the_cursor()
    {
        await _registry.SubmitAsync(Firmware.Certified, "1.0.0");
        await _registry.SubmitAsync(Firmware.Tampered, "1.1.0");
        await _verifier.RestartAsync();
        using HttpClient client = _verifier.Operator();

        JsonElement page = await PageAsync(client, "/v1/events?types=build.submitted&limit=1");
        JsonElement rest = await PageAsync(client, $"/v1/events?types=build.submitted&limit=10&since={page.Text("next")}");
        JsonElement none = await PageAsync(client, $"/v1/events?types=build.submitted&since={rest.Text("next")}");

        Assert.Equal("1.0.0", Data(page.GetProperty("events")[0]).Text("version"));
        Assert.Equal("1.1.0", Data(Assert.Single(rest.GetProperty("events").EnumerateArray())).Text("version"));
        Assert.Equal((0, rest.Text("next")), (none.GetProperty("events").GetArrayLength(), none.Text("next")));
    }

    [Theory]
    [InlineData("types=device")]
    [InlineData("since=x")]
    [InlineData("since=-1")]
    [InlineData("limit=0")]
    public async Task A_query_that_is_not_understood_is_400(string query)
    {
        using HttpClient client = _verifier.Operator();
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));

        await client.GetAsync(new Uri($"/v1/events?{query}", UriKind.Relative)).AssertProblemAsync(400, "Malformed");
    }

    [Fact]
    public void Listeners_are_bounded_and_a_seat_is_given_back_once()
    {
        ListenerCount listeners = new();
        IDisposable[] seats = [.. Enumerable.Range(0, ListenerCount.Max).Select(_ => listeners.Enter())];

        Assert.ThrowsAny<Exception>(listeners.Enter);
        seats[0].Dispose();
        seats[0].Dispose();
        using IDisposable again = listeners.Enter();
        Assert.ThrowsAny<Exception>(listeners.Enter);
    }

    [Fact]
    public async Task A_key_that_is_used_from_another_address_is_an_event_and_no_conflict()
    {
        await _registry.SubmitCertifiedAsync(Firmware.Certified);
        using TestBoard board = await new TestBoard(_verifier).EnrolAsync();
        Assert.True(_verifier.Services.GetRequiredService<Devices.DeviceDirectory>().TryFindByUeid(board.Ueid, out Devices.DeviceEntry? entry));
        AddressWatch watch = _verifier.Services.GetRequiredService<AddressWatch>();
        await watch.NoteAsync(entry, "192.0.2.1", default);
        await watch.NoteAsync(entry, "192.0.2.1", default);
        await watch.NoteAsync(entry, "192.0.2.2", default);
        await watch.NoteAsync(entry, "192.0.2.1", default);

        JsonElement told = Assert.Single(await ReadAsync("device.address"));

        Assert.Equal((board.Ueid, "192.0.2.2, before 192.0.2.1"), (Data(told).Text("ueid"), Data(told).Text("addresses")));
        Assert.Equal("Conformant", (await board.AttestAsync()).Text("conformity"));
    }

    private static async Task AttestAgainAsync(TestBoard board, Domain.Evidence.MeasuredSet? measured = null)
    {
        board.Uptime++;
        await board.AttestAsync(measured);
    }

    private static JsonElement Data(JsonElement item) => item.GetProperty("data");

    private async Task<JsonElement[]> ReadAsync(string types, HttpClient? client = null)
    {
        using HttpClient operatorClient = _verifier.Operator();
        return [.. (await PageAsync(client ?? operatorClient, $"/v1/events?types={types}")).GetProperty("events").EnumerateArray()];
    }

    private static async Task<JsonElement> PageAsync(HttpClient client, string path)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using HttpResponseMessage response = await client.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.JsonAsync();
    }

    private static async Task<SseItem<string>> NextAsync(HttpClient client, string types, string? last)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri($"/v1/events?types={types}", UriKind.Relative));
        if (last is not null)
        {
            request.Headers.Add("Last-Event-ID", last);
        }

        using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        await foreach (SseItem<string> item in SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync())
        {
            if (item.EventType != "ping")
            {
                return item;
            }
        }

        throw new InvalidOperationException("The stream ended.");
    }
}
