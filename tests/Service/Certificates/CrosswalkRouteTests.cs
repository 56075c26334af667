using System.Text.Json;

namespace IotAttest.Service.Tests.Certificates;

public sealed class CrosswalkRouteTests : IAsyncLifetime
{
    private VerifierUnderTest _verifier = null!;
    private HttpClient _anybody = null!;

    public async Task InitializeAsync()
    {
        _verifier = await VerifierUnderTest.StartAsync();
        _anybody = _verifier.Anybody();
    }

    public async Task DisposeAsync()
    {
        _anybody.Dispose();
        await _verifier.DisposeAsync();
    }

    [Fact]
    public async Task Everybody_reads_what_sources_have_in_common_and_that_nobody_reviewed_it()
    {
        JsonElement crosswalk = await _anybody.GetJsonAsync("/v1/crosswalk");
        JsonElement boot = crosswalk.GetProperty("requirements").EnumerateArray().Single(requirement => requirement.Text("id") == "en-303-645/5.7-1");

        Assert.Contains("no laboratory has reviewed", crosswalk.Text("note"), StringComparison.Ordinal);
        Assert.Equal(("L", "boot.secure", "manufacturer", "recommended"), (boot.Text("liveCheck"), boot.Text("ruleId"), boot.Text("responsibleActor"), boot.Text("obligation")));
        Assert.Contains("cra-annex-1/I(2)(f)", boot.GetProperty("counterparts").EnumerateArray().Select(other => other.GetString()));
        Assert.Equal("BootNotSecured", crosswalk.GetProperty("rules").EnumerateArray().Single(rule => rule.Text("id") == "boot.secure").GetProperty("drift")[0].GetString());
        Assert.Equal("demo", Assert.Single(crosswalk.GetProperty("sources").EnumerateArray(), source => source.GetProperty("isFictitious").GetBoolean()).Text("id"));
    }

    [Theory]
    [InlineData("demo", 8, 3, true)]
    [InlineData("uk-psti", 4, 0, false)]
    [InlineData("eu-cra", 21, 2, false)]
    [InlineData("sg-cls", 0, 0, false)]
    public async Task A_scheme_says_what_it_asks_and_how_much_of_it_evidence_decides(string scheme, int count, int live, bool isFictitious)
    {
        JsonElement requirements = await _anybody.GetJsonAsync($"/v1/schemes/{scheme}/requirements");

        Assert.Equal((count, live, isFictitious), (requirements.GetProperty("requirements").GetArrayLength(), requirements.GetProperty("live").GetInt32(), requirements.GetProperty("isFictitious").GetBoolean()));
        Assert.NotEmpty(requirements.Text("note"));
    }

    [Fact]
    public async Task A_scheme_that_nobody_described_has_no_page() =>
        await _anybody.GetAsync(new Uri("/v1/schemes/unheard-of/requirements", UriKind.Relative)).AssertProblemAsync(404, "NotFound");

    [Fact]
    public async Task Schemes_show_their_versions_and_windows()
    {
        JsonElement demo = (await _anybody.GetJsonAsync("/v1/schemes")).GetProperty("schemes").EnumerateArray().Single(scheme => scheme.Text("id") == "demo");

        Assert.Equal((true, 90, 30, 9), (demo.GetProperty("allowsProvisional").GetBoolean(), demo.GetProperty("provisionalDays").GetInt32(), demo.GetProperty("appealDays").GetInt32(), demo.GetProperty("renewalMonths").GetInt32()));
        Assert.Equal(["1", "2", "3"], demo.GetProperty("versions").EnumerateArray().Select(version => version.Text("id")));
        Assert.Equal("2026-01-01", demo.GetProperty("versions")[0].Text("retiredAt"));
    }
}
