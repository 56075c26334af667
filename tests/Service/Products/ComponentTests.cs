using System.Text.Json;
using IotAttest.Support;

namespace IotAttest.Service.Tests.Products;

/// <summary>A chip's own certificate: what happens to it warns whoever depends on it, and changes no verdict and no certificate.</summary>
public sealed class ComponentTests : IAsyncLifetime
{
    private const string OfProduct = $"{ProductAtWork.Path}/components";

    private readonly FakeClock _clock = new();
    private VerifierUnderTest _verifier = null!;
    private Registry _registry = null!;
    private HttpClient _client = null!;
    private string _build = "";
    private string _certificate = "";

    public async Task InitializeAsync()
    {
        _verifier = await VerifierUnderTest.StartAsync(_clock);
        _registry = await Registry.OpenAsync(_verifier);
        _client = _verifier.Operator();
        (_build, _certificate) = await _registry.SubmitCertifiedAsync(Firmware.Certified);
        await _client.SetAsync(ProductAtWork.Description(), 201);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        _registry.Dispose();
        await _verifier.DisposeAsync();
    }

    [Fact]
    public async Task A_withdrawn_certificate_of_a_chip_warns_on_product_build_certificate_and_board_and_nothing_else_changes()
    {
        using TestBoard board = await new TestBoard(_verifier).EnrolAsync();
        await SetAsync(OfProduct, Chip());
        Assert.Empty(Conditions(await board.AttestAsync()));
        Assert.Equal(200, await DecideAsync("withdrawn").StatusAsync());
        await RestartAsync();

        using HttpClient anybody = _verifier.Anybody();
        foreach (string path in new[] { ProductAtWork.Path, $"/v1/builds/{_build}", $"/v1/certificates/{_certificate}" })
        {
            Assert.Equal(["ComponentNotInForce"], (await anybody.GetJsonAsync(path)).Codes());
        }

        JsonElement device = await board.DeviceAsync();
        JsonElement certificate = await anybody.GetJsonAsync($"/v1/certificates/{_certificate}");
        Assert.Equal("Conformant", device.Text("conformity"));
        Assert.Equal(["ComponentNotInForce"], Conditions(device));
        Assert.Equal(("Certified", true), (certificate.Text("status"), certificate.GetProperty("inForce").GetBoolean()));
        Assert.Contains("PSA-1", certificate.GetProperty("warnings")[0].Text("text"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_relies_on_a_board_is_told_too_in_result_gate_history_replay_and_event_without_new_evidence()
    {
        using TestBoard board = await new TestBoard(_verifier).EnrolAsync();
        await SetAsync(OfProduct, Chip());
        await board.AttestAsync();
        Assert.Empty(await SignedConditionsAsync(board));
        await DecideAsync("suspended");

        Assert.Equal(["ComponentNotInForce"], await SignedConditionsAsync(board));
        Assert.Equal(["Conformant", "ComponentNotInForce"], await GateReasonsAsync(board, "allow"));
        await Eventually.TrueAsync(async () => (await board.HistoryAsync()).Length == 2, "the history says so without new evidence");
        JsonElement row = (await board.HistoryAsync())[0];
        Assert.Equal(("Conformant", "reference"), (row.Text("conformity"), row.Text("cause")));
        Assert.Equal(["ComponentNotInForce"], Conditions(row));
        JsonElement told = (await EventsAsync("device.verdict"))[^1].GetProperty("data");
        Assert.Equal(board.Ueid, told.Text("ueid"));
        Assert.Equal(["ComponentNotInForce"], Conditions(told));

        // Back in force: what was recorded meanwhile is computed again from what was kept with it.
        await DecideAsync("inForce");
        Assert.Empty(await SignedConditionsAsync(board));
        Assert.Equal(["Conformant"], await GateReasonsAsync(board, "allow"));
        using HttpResponseMessage response = await _client.PostJsonAsync($"/v1/appraisals/{row.Text("appraisal")}/replay", new { });
        JsonElement replayed = await response.JsonAsync();
        Assert.True(replayed.GetProperty("same").GetBoolean(), replayed.GetRawText());
        Assert.Equal(["ComponentNotInForce"], Conditions(replayed.GetProperty("verdict")));
    }

    [Fact]
    public async Task The_end_of_validity_reaches_boards_by_the_clock_also_after_a_restart_and_a_list_taken_back_frees_them()
    {
        using TestBoard board = await new TestBoard(_verifier).EnrolAsync();
        await SetAsync($"/v1/builds/{_build}/components", Chip(until: "2026-11-22"));
        _clock.Advance(TimeSpan.FromHours(12) - TimeSpan.FromMilliseconds(1));
        Assert.Empty(Conditions(await board.AttestAsync()));
        await RestartAsync();
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(["ComponentNotInForce"], Conditions(await board.DeviceAsync()));
        await Eventually.TrueAsync(async () => Conditions((await board.HistoryAsync())[0]) is ["ComponentNotInForce"], "the history follows the clock");
        await SetAsync($"/v1/builds/{_build}/components");
        Assert.Empty(Conditions(await board.DeviceAsync()));
    }

    [Fact]
    public async Task Components_of_a_build_concern_this_build_alone()
    {
        string other = await _registry.SubmitAsync(Firmware.Tampered, "1.1.0");
        await SetAsync($"/v1/builds/{_build}/components", Chip("suspended"));

        Assert.Equal(["ComponentNotInForce"], (await _client.GetJsonAsync($"/v1/builds/{_build}")).Codes());
        Assert.Empty((await _client.GetJsonAsync($"/v1/builds/{other}")).Codes());
        Assert.Empty((await _client.GetJsonAsync(ProductAtWork.Path)).Codes());
        await SetAsync($"/v1/builds/{_build}/components");
        Assert.Empty((await _client.GetJsonAsync($"/v1/builds/{_build}")).Codes());
    }

    [Fact]
    public async Task The_end_of_validity_warns_by_the_clock_and_an_unknown_status_does_not()
    {
        await SetAsync(OfProduct, Chip("inForce", until: "2026-11-23"), Chip("unknown", "PSA-2"));
        _clock.Advance(TimeSpan.FromHours(36) - TimeSpan.FromMilliseconds(1));
        Assert.Empty((await _client.GetJsonAsync(ProductAtWork.Path)).Codes());
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        JsonElement[] components = [.. (await _client.GetJsonAsync(OfProduct)).GetProperty("components").EnumerateArray()];

        Assert.Equal(["expired", "unknown"], components.Select(component => component.Text("status")));
        Assert.Equal(["ComponentNotInForce"], (await _client.GetJsonAsync(ProductAtWork.Path)).Codes());
    }

    [Fact]
    public async Task Who_depends_on_a_certificate_can_be_searched_with_what_was_said_of_it()
    {
        await SetAsync(OfProduct, Chip());
        await SetAsync($"/v1/builds/{_build}/components", Chip(number: "PSA-2"));
        await DecideAsync("suspended");
        using HttpClient anybody = _verifier.Anybody();

        JsonElement found = await anybody.GetJsonAsync("/v1/components?scheme=psa-certified&number=PSA-1");
        JsonElement all = await anybody.GetJsonAsync("/v1/components?scheme=psa-certified");

        JsonElement dependent = Assert.Single(found.GetProperty("dependents").EnumerateArray());
        Assert.Equal((Boards.Class, "acme", "suspended"), (dependent.Text("class"), dependent.Text("manufacturer"), dependent.GetProperty("component").Text("status")));
        Assert.Equal(_certificate, Assert.Single(dependent.GetProperty("certificates").EnumerateArray()).GetString());
        Assert.Equal("found weak", Assert.Single(found.GetProperty("decisions").EnumerateArray()).Text("reason"));
        Assert.Equal([null, _build], all.GetProperty("dependents").EnumerateArray().Select(each => each.GetProperty("build").GetString()));
        await anybody.GetAsync(new Uri("/v1/components", UriKind.Relative)).AssertProblemAsync(400, "Malformed");
    }

    [Fact]
    public async Task Decisions_are_for_the_operator_and_a_body_with_that_scheme_and_are_told_once()
    {
        await SetAsync(OfProduct, Chip());
        using HttpClient lab = await BodyAsync("lab", "psa-certified");
        using HttpClient other = await BodyAsync("other-lab", "sesip");
        object decision = new { scheme = "psa-certified", number = "PSA-1", status = "suspended", reason = "found weak" };

        await other.PostJsonAsync("/v1/components/decisions", decision).AssertProblemAsync(403, "Forbidden");
        Assert.Equal(200, await lab.PostJsonAsync("/v1/components/decisions", decision).StatusAsync());
        Assert.Equal(200, await lab.PostJsonAsync("/v1/components/decisions", decision).StatusAsync());
        await lab.PostJsonAsync("/v1/components/decisions", new { scheme = "psa-certified", number = "PSA-9", status = "suspended", reason = "x" }).AssertProblemAsync(404, "NotFound");
        await lab.PostJsonAsync("/v1/components/decisions", new { scheme = "psa-certified", number = "PSA-1", status = "suspended" }).AssertProblemAsync(400, "Malformed");

        JsonElement data = Assert.Single(await EventsAsync("component.status")).GetProperty("data");
        Assert.Equal(("PSA-1", "suspended", "lab", "found weak"), (data.Text("number"), data.Text("status"), data.Text("decidedBy"), data.Text("reason")));
    }

    [Fact]
    public async Task A_manufacturer_cannot_talk_away_what_a_body_decided()
    {
        await SetAsync(OfProduct, Chip());
        await DecideAsync("withdrawn");
        await SetAsync(OfProduct, Chip("inForce", name: "The same chip"));

        Assert.Equal(["ComponentNotInForce"], (await _client.GetJsonAsync(ProductAtWork.Path)).Codes());
    }

    [Fact]
    public async Task A_list_is_bounded_without_doubles_and_every_one_is_kept()
    {
        object[] most = [.. Enumerable.Range(0, 64).Select(number => Chip(number: $"N-{number}"))];
        await SetAsync(OfProduct, most);
        await SetAsync(OfProduct, most);
        await SetAsync(OfProduct);

        await _client.PutJsonAsync(OfProduct, new { components = most.Append(Chip()).ToArray(), reason = "x" }).AssertProblemAsync(400, "Malformed");
        await _client.PutJsonAsync(OfProduct, new { components = new[] { Chip(), Chip() }, reason = "x" }).AssertProblemAsync(400, "Malformed");
        await _client.PutJsonAsync(OfProduct, new { components = new[] { Chip("fine") }, reason = "x" }).AssertProblemAsync(400, "Malformed");
        await _client.PutJsonAsync(OfProduct, new { reason = "x" }).AssertProblemAsync(400, "Malformed");
        Assert.Equal([64L, 0L], (await _client.GetJsonAsync(OfProduct)).GetProperty("history").EnumerateArray().Select(change => change.GetProperty("components").GetInt64()));
    }

    private static object Chip(string status = "inForce", string number = "PSA-1", string? until = null, string name = "Chip") =>
        new { name, scheme = "psa-certified", number, level = "2", url = "https://example.com/psa", status, until };

    private static string[] Conditions(JsonElement device) => [.. device.GetProperty("conditions").EnumerateArray().Select(word => word.GetString()!)];

    private async Task SetAsync(string path, params object[] components)
    {
        using HttpResponseMessage response = await _client.PutJsonAsync(path, new { components, reason = "as built" });
        Assert.True((int)response.StatusCode == 200, await response.Content.ReadAsStringAsync());
    }

    private Task<HttpResponseMessage> DecideAsync(string status) =>
        _client.PostJsonAsync("/v1/components/decisions", new { scheme = "psa-certified", number = "PSA-1", status, reason = "found weak" });

    private async Task<string[]> SignedConditionsAsync(TestBoard board)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri($"/v1/devices/{board.Ueid}/result", UriKind.Relative));
        request.Headers.Accept.ParseAdd("application/eat+jwt");
        using HttpResponseMessage response = await _client.SendAsync(request);
        byte[] payload = System.Buffers.Text.Base64Url.DecodeFromChars((await response.Content.ReadAsStringAsync()).Split('.')[1]);
        JsonElement own = JsonElement.Parse(payload).GetProperty("submods").GetProperty("firmware").GetProperty("iotattest");
        return own.TryGetProperty("conditions", out JsonElement words) ? [.. words.EnumerateArray().Select(word => word.GetString()!)] : [];
    }

    private async Task<string[]> GateReasonsAsync(TestBoard board, string decision)
    {
        using HttpResponseMessage response = await _client.PostJsonAsync("/v1/gate", new { ueids = new[] { board.Ueid }, mode = "enforce" });
        JsonElement answer = (await response.JsonAsync()).GetProperty("boards")[0];
        Assert.Equal(decision, answer.Text("decision"));
        return answer.Texts("reasons");
    }

    private async Task<JsonElement[]> EventsAsync(string types)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri($"/v1/events?types={types}&since=0", UriKind.Relative));
        request.Headers.Accept.ParseAdd("application/json");
        using HttpResponseMessage response = await _client.SendAsync(request);
        return [.. (await response.JsonAsync()).GetProperty("events").EnumerateArray()];
    }

    private async Task<HttpClient> BodyAsync(string name, string scheme)
    {
        using HttpResponseMessage response = await _client.PostJsonAsync("/v1/organisations", new { name, roles = new[] { "body" }, schemes = new[] { scheme } });
        return _verifier.With((await response.JsonAsync()).Text("token"));
    }

    private async Task RestartAsync()
    {
        _client.Dispose();
        await _verifier.RestartAsync();
        _client = _verifier.Operator();
    }
}
