using System.Net.Http.Headers;
using System.Text.Json;
using IotAttest.Support;

namespace IotAttest.Service.Tests.Products;

/// <summary>The promise of support: kept, told, and seen on every board when it ends.</summary>
public sealed class SupportTests : IAsyncLifetime
{
    private static readonly DateTimeOffset LastMoment = new DateTimeOffset(2027, 4, 1, 0, 0, 0, TimeSpan.Zero).AddMilliseconds(-1);

    private readonly FakeClock _clock = new();
    private VerifierUnderTest _verifier = null!;
    private Registry _registry = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        _verifier = await VerifierUnderTest.StartAsync(_clock);
        _registry = await Registry.OpenAsync(_verifier);
        _client = _verifier.Operator();
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        _registry.Dispose();
        await _verifier.DisposeAsync();
    }

    [Fact]
    public async Task Story_11_Keep_the_support_promise()
    {
        (string build, string certificate) = await _registry.SubmitCertifiedAsync(Firmware.Certified);
        using TestBoard board = await new TestBoard(_verifier).EnrolAsync();
        await _client.SetAsync(ProductAtWork.Description("2027-03-31"), 201);

        JsonElement shortened = await _client.ExtendAsync("2027-03-30").AssertProblemAsync(409, "Conflict");
        await _client.PutJsonAsync(ProductAtWork.Path, ProductAtWork.Description("2027-03-30")).AssertProblemAsync(409, "Conflict");
        await _client.PutJsonAsync(ProductAtWork.Path, ProductAtWork.Description(null)).AssertProblemAsync(409, "Conflict");
        Assert.Contains("2027-03-31", shortened.Text("expected"), StringComparison.Ordinal);
        await AssertEverywhereAsync(build, certificate, "2027-03-31", "supported");
        Assert.Equal(("Conformant", ""), await FleetAsync(board));

        GoTo(LastMoment.AddDays(-90));
        await AssertEverywhereAsync(build, certificate, "2027-03-31", "supported");
        GoTo(LastMoment.AddDays(-90).AddMilliseconds(1));
        await AssertEverywhereAsync(build, certificate, "2027-03-31", "ending", "SupportEnding");
        Assert.Equal(("Conformant", "SupportEnding"), await FleetAsync(board));

        GoTo(LastMoment);
        Assert.Equal(("Conformant", "SupportEnding"), await FleetAsync(board));
        GoTo(LastMoment.AddMilliseconds(1));
        await AssertEverywhereAsync(build, certificate, "2027-03-31", "ended", "SupportEnded");
        JsonElement ended = await board.DeviceAsync();
        Assert.Equal(("SupportEnded", "operator"), (ended.Text("conformity"), ended.Text("responsible")));
        await RestartAsync();
        Assert.Equal("SupportEnded", (await board.DeviceAsync()).Text("conformity"));
        await Eventually.TrueAsync(async () => (await board.HistoryAsync())[0].Text("conformity") == "SupportEnded", "the history says so without new evidence");

        Assert.Equal(200, await _client.ExtendAsync("2028-03-31").StatusAsync());
        Assert.Equal("Conformant", (await board.DeviceAsync()).Text("conformity"));
        await AssertEverywhereAsync(build, certificate, "2028-03-31", "supported");
        await Eventually.TrueAsync(async () => (await board.HistoryAsync())[0].Text("conformity") == "Conformant", "the history says so too");
    }

    [Fact]
    public async Task Support_that_ends_soon_and_that_ended_is_told_once_each_also_over_restarts()
    {
        await _client.SetAsync(ProductAtWork.Description("2027-03-31"), 201);
        GoTo(LastMoment.AddDays(-90).AddMilliseconds(1));
        await TellsAsync("product.support-ending");
        await RestartAsync();
        GoTo(LastMoment);
        await RestartAsync();
        GoTo(LastMoment.AddMilliseconds(1));
        await TellsAsync("product.support-ending", "product.support-ended");
        await RestartAsync();
        Assert.Equal(200, await _client.ExtendAsync("2027-04-30").StatusAsync());

        JsonElement[] events = await TellsAsync("product.support-ending", "product.support-ended", "product.support-ending");

        JsonElement first = events[0].GetProperty("data");
        Assert.Equal((Boards.Class, "acme", "Thermostat T2", "2027-03-31"), (first.Text("class"), first.Text("manufacturer"), first.Text("productName"), first.Text("supportUntil")));
        Assert.Equal("2027-04-30", events[2].GetProperty("data").Text("supportUntil"));
    }

    [Fact]
    public async Task An_end_that_passed_while_the_verifier_was_down_is_told_at_the_next_start()
    {
        await _client.SetAsync(ProductAtWork.Description("2027-03-31"), 201);
        await _verifier.StopAsync();
        GoTo(LastMoment.AddDays(1));
        await RestartAsync(isStopped: true);

        await TellsAsync("product.support-ended");
    }

    [Fact]
    public async Task Support_said_before_the_first_build_holds_for_it_also_after_a_restart()
    {
        await _client.SetAsync(ProductAtWork.Description("2026-11-21"), 201);
        await RestartAsync();
        await _registry.SubmitCertifiedAsync(Firmware.Certified);
        using TestBoard board = await new TestBoard(_verifier).EnrolAsync();

        Assert.Equal("SupportEnded", (await board.AttestAsync()).Text("conformity"));
    }

    [Fact]
    public async Task A_product_as_it_was_on_a_day_has_the_support_of_that_day()
    {
        await _client.SetAsync(ProductAtWork.Description("2027-03-31"), 201);
        _clock.Advance(TimeSpan.FromDays(10));
        Assert.Equal(200, await _client.ExtendAsync("2028-03-31").StatusAsync());
        GoTo(new DateTimeOffset(2027, 3, 1, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal(("2027-03-31", "supported"), Support(await _client.GetJsonAsync($"{ProductAtWork.Path}?at=2026-11-30")));
        Assert.Equal(("2028-03-31", "supported"), Support(await _client.GetJsonAsync($"{ProductAtWork.Path}?at=2026-12-02")));
        await _client.GetAsync(new Uri($"{ProductAtWork.Path}?at=2026-11-20", UriKind.Relative)).AssertProblemAsync(404, "NotFound");
        await _client.GetAsync(new Uri($"{ProductAtWork.Path}?at=2030-11-20", UriKind.Relative)).AssertProblemAsync(400, "Malformed");
    }

    private static (string, string) Support(JsonElement view) => (view.Text("supportUntil"), view.Text("support"));

    private static async Task<(string Conformity, string Conditions)> FleetAsync(TestBoard board)
    {
        board.Uptime++;
        JsonElement device = await board.AttestAsync();
        return (device.Text("conformity"), string.Join(',', device.GetProperty("conditions").EnumerateArray().Select(word => word.GetString())));
    }

    private void GoTo(DateTimeOffset moment) => _clock.Advance(moment - _clock.GetUtcNow());

    private async Task AssertEverywhereAsync(string build, string certificate, string until, string support, params string[] warnings)
    {
        using HttpClient anybody = _verifier.Anybody();
        foreach (string path in new[] { ProductAtWork.Path, $"/v1/builds/{build}", $"/v1/certificates/{certificate}" })
        {
            JsonElement view = await anybody.GetJsonAsync(path);
            Assert.True((until, support) == Support(view), $"{path}: {view.GetRawText()}");
            Assert.Equal(warnings, view.Codes());
        }
    }

    private async Task RestartAsync(bool isStopped = false)
    {
        _client.Dispose();
        await (isStopped ? _verifier.StartAgainAsync() : _verifier.RestartAsync());
        _client = _verifier.Operator();
    }

    private async Task<JsonElement[]> TellsAsync(params string[] types)
    {
        JsonElement[] events = [];
        await Eventually.TrueAsync(async () => (events = await ReadAsync()).Length >= types.Length, $"{types.Length} events");
        Assert.Equal(types, events.Select(item => item.Text("type")));
        return events;
    }

    private async Task<JsonElement[]> ReadAsync()
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri("/v1/events?types=product.support-ending,product.support-ended", UriKind.Relative));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using HttpResponseMessage response = await _client.SendAsync(request);
        return [.. (await response.JsonAsync()).GetProperty("events").EnumerateArray()];
    }
}
