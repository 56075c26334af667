using System.Text.Json;
using IotAttest.Domain.Corim;
using IotAttest.Service.Tests.Certificates;

namespace IotAttest.Service.Tests.Products;

public sealed class CoverageTests : IAsyncLifetime
{
    private BodyAtWork _work = null!;

    public async Task InitializeAsync() => _work = await BodyAtWork.StartAsync("sg-cls", "de-it-sik");

    public Task DisposeAsync() => _work.DisposeAsync().AsTask();

    [Fact]
    public async Task Story_09_One_build_many_markets()
    {
        BuildManifest german = SignedFiles.Manifest("2.0.0");
        byte[] germanFile = await _work.SubmitBuildAsync(german);
        await _work.IssueAsync(InCategory(_work.Certificate("CLS-2", "sg-cls", "2")));
        await _work.IssueAsync(InCategory(SignedFiles.Certificate(germanFile, german, _work.Clock.GetUtcNow(), "DE-1", "de-it-sik", "label")));

        Dictionary<string, JsonElement> cls = await MatrixAsync(_work.Manifest);
        Dictionary<string, JsonElement> label = await MatrixAsync(german);

        Assert.Equal(("certified", "2", "CLS-2"), (cls["sg-cls"].Text("result"), cls["sg-cls"].Text("level"), cls["sg-cls"].Text("certificate")));
        Assert.Equal(("deemed", "rr-sg-uk-2025"), (cls["uk-psti"].Text("result"), cls["uk-psti"].Text("rule")));
        Assert.Equal(("deemed", "rr-sg-de-2024"), (cls["de-it-sik"].Text("result"), cls["de-it-sik"].Text("rule")));
        Assert.Equal(("none", "rr-sg-kr-2025", "The level is 2; 3 or higher is needed."), (cls["kr-cic"].Text("result"), cls["kr-cic"].Text("rule"), cls["kr-cic"].Text("why")));
        Assert.Equal(("deemed", "2"), (label["sg-cls"].Text("result"), label["sg-cls"].Text("level")));
        Assert.Equal(("none", null), (label["uk-psti"].Text("result"), label["uk-psti"].GetProperty("rule").GetString()));
        Assert.All(cls.Values.Concat(label.Values), cell => Assert.NotEmpty(cell.Text("why")));
        Assert.All(cls.Values.Concat(label.Values).Where(cell => cell.GetProperty("rule").ValueKind != JsonValueKind.Null), cell => Assert.NotEmpty(cell.Text("legalRef")));
    }

    [Fact]
    public async Task A_build_with_both_has_the_best_of_both_and_still_no_chain()
    {
        await _work.IssueAsync(InCategory(_work.Certificate("DE-1", "de-it-sik", "label")));
        Assert.Equal("none", (await MatrixAsync(_work.Manifest))["uk-psti"].Text("result"));
        await _work.IssueAsync(InCategory(_work.Certificate("CLS-2", "sg-cls", "2")));

        Dictionary<string, JsonElement> both = await MatrixAsync(_work.Manifest);

        Assert.Equal(("certified", "certified", "deemed"), (both["sg-cls"].Text("result"), both["de-it-sik"].Text("result"), both["uk-psti"].Text("result")));
        Assert.Equal("CLS-2", both["uk-psti"].Text("certificate"));
    }

    [Fact]
    public async Task It_follows_the_day_the_jurisdiction_and_the_status_and_needs_no_login()
    {
        await _work.IssueAsync(InCategory(_work.Certificate("CLS-2", "sg-cls", "2")));
        _work.Clock.Advance(TimeSpan.FromDays(1));
        await _work.TakeAsync(new { decision = "withdraw", reason = "x" }, "CLS-2");

        Assert.Equal("none", Assert.Single(await MatrixAsync(_work.Manifest, "?jurisdiction=UK")).Value.Text("result"));
        Assert.Equal("deemed", Assert.Single(await MatrixAsync(_work.Manifest, "?jurisdiction=GB&at=2026-11-22T13:00:00Z")).Value.Text("result"));
        await _work.Anybody.GetAsync(new Uri($"/v1/builds/{Guid.NewGuid()}/coverage", UriKind.Relative)).AssertProblemAsync(404, "NotFound");
        await _work.Anybody.GetAsync(new Uri($"/v1/builds/{_work.Manifest.CorimId}/coverage?at=x", UriKind.Relative)).AssertProblemAsync(400, "Malformed");
    }

    private static CertificateEndorsement InCategory(CertificateEndorsement certificate) => certificate with { Categories = ["consumer-smart-device", "thermostat"] };

    private async Task<Dictionary<string, JsonElement>> MatrixAsync(BuildManifest build, string query = "") =>
        (await _work.Anybody.GetJsonAsync($"/v1/builds/{build.CorimId}/coverage{query}")).GetProperty("schemes").EnumerateArray().ToDictionary(cell => cell.Text("scheme"));
}
