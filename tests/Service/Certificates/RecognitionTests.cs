using System.Text.Json;
using IotAttest.Domain.Corim;

namespace IotAttest.Service.Tests.Certificates;

public sealed class RecognitionTests : IAsyncLifetime
{
    private BodyAtWork _work = null!;

    public async Task InitializeAsync() => _work = await BodyAtWork.StartAsync("sg-cls", "de-it-sik", "fi-label");

    public Task DisposeAsync() => _work.DisposeAsync().AsTask();

    [Fact]
    public async Task Story_09_One_build_many_markets()
    {
        await _work.IssueAsync(Named("CLS-2", "sg-cls", "2"));
        await _work.IssueAsync(Named("DE-1", "de-it-sik", "label"));

        Dictionary<string, JsonElement> cls = await MatrixAsync("CLS-2");
        Dictionary<string, JsonElement> german = await MatrixAsync("DE-1");

        Assert.Equal(("certified", "deemed", "deemed", "none"), (cls["sg-cls"].Text("result"), cls["uk-psti"].Text("result"), cls["de-it-sik"].Text("result"), cls["kr-cic"].Text("result")));
        Assert.Equal(("rr-sg-uk-2025", "United Kingdom, SI 2025/1267"), (cls["uk-psti"].Text("rule"), cls["uk-psti"].Text("legalRef")));
        Assert.Equal("rr-sg-kr-2025", cls["kr-cic"].Text("rule"));
        Assert.Equal(("deemed", "2"), (german["sg-cls"].Text("result"), german["sg-cls"].Text("level")));
        Assert.Equal(("none", null), (german["uk-psti"].Text("result"), german["uk-psti"].GetProperty("rule").GetString()));
        Assert.Equal(["CLS-2", "DE-1"], (await _work.Anybody.GetJsonAsync("/v1/certificates")).GetProperty("certificates").EnumerateArray().Select(item => item.Text("id")));
    }

    [Fact]
    public async Task Recognition_follows_the_status_and_the_day()
    {
        await _work.IssueAsync(Named("CLS-2", "sg-cls", "2"));
        _work.Clock.Advance(TimeSpan.FromDays(2));
        await _work.TakeAsync(new { decision = "suspend", reason = "x" }, "CLS-2");

        Assert.Equal("none", (await MatrixAsync("CLS-2", "?jurisdiction=UK")).Single().Value.Text("result"));
        Assert.Equal("deemed", (await MatrixAsync("CLS-2", "?jurisdiction=gb&at=2026-11-23")).Single().Value.Text("result"));
        Assert.Equal("none", (await MatrixAsync("CLS-2", "?jurisdiction=GB&at=2026-11-21")).Single().Value.Text("result"));
        Assert.Empty(await MatrixAsync("CLS-2", "?jurisdiction=XX"));
        await _work.Anybody.GetAsync(new Uri("/v1/certificates/none/recognitions", UriKind.Relative)).AssertProblemAsync(404, "NotFound");
        await _work.Anybody.GetAsync(new Uri("/v1/certificates/CLS-2/recognitions?at=x", UriKind.Relative)).AssertProblemAsync(400, "Malformed");
    }

    [Fact]
    public async Task Rules_are_listed_with_their_source_and_whether_they_count_on_a_day()
    {
        JsonElement[] now = [.. (await _work.Anybody.GetJsonAsync("/v1/recognition-rules?jurisdiction=UK")).GetProperty("rules").EnumerateArray()];
        JsonElement[] before = [.. (await _work.Anybody.GetJsonAsync("/v1/recognition-rules?jurisdiction=GB&at=2025-12-03")).GetProperty("rules").EnumerateArray()];
        JsonElement[] all = [.. (await _work.Anybody.GetJsonAsync("/v1/recognition-rules")).GetProperty("rules").EnumerateArray()];

        Assert.Equal(["rr-sg-uk-2025", "rr-jp-uk-2025"], now.Select(rule => rule.Text("id")));
        Assert.All(now, rule => Assert.True(rule.GetProperty("inForce").GetBoolean()));
        Assert.All(before, rule => Assert.False(rule.GetProperty("inForce").GetBoolean()));
        Assert.Contains(all, rule => rule.Text("state") == "planned" && !rule.GetProperty("inForce").GetBoolean());
        Assert.All(all, rule => Assert.Equal(("2026-11-22", 1), (rule.Text("sourceChecked"), rule.GetProperty("maxHops").GetInt32())));
    }

    [Fact]
    public async Task Schemes_are_listed_with_levels_and_limits_and_the_made_up_one_says_so()
    {
        JsonElement[] schemes = [.. (await _work.Anybody.GetJsonAsync("/v1/schemes")).GetProperty("schemes").EnumerateArray()];
        JsonElement demo = Assert.Single(schemes, scheme => scheme.GetProperty("isFictitious").GetBoolean());
        JsonElement high = demo.GetProperty("levels")[2];

        Assert.Equal(("demo", 60, 42, 365), (demo.Text("id"), demo.GetProperty("maxValidityMonths").GetInt32(), demo.GetProperty("suspensionDays").GetInt32(), demo.GetProperty("longestSuspensionDays").GetInt32()));
        Assert.Equal(("high", 3, "thirdParty", "hardware-rooted", "PT1H"), (high.Text("code"), high.GetProperty("ordinal").GetInt32(), high.Text("evaluationType"), high.Text("minEvidenceStrength"), high.Text("maxEvidenceAge")));
    }

    [Fact]
    public async Task Nothing_is_issued_under_a_scheme_that_is_closed() =>
        await _work.SubmitAsync(Named("FI-1", "fi-label", "label")).AssertProblemAsync(422, "SchemeNotIssuing");

    private CertificateEndorsement Named(string id, string scheme, string level) => _work.Certificate(id, scheme, level) with { Categories = ["consumer-smart-device", "thermostat"] };

    private async Task<Dictionary<string, JsonElement>> MatrixAsync(string id, string query = "") =>
        (await _work.Anybody.GetJsonAsync($"/v1/certificates/{id}/recognitions{query}")).GetProperty("recognitions").EnumerateArray().ToDictionary(cell => cell.Text("scheme"));
}
