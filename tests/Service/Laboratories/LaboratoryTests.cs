using System.Text.Json;
using IotAttest.Support;

namespace IotAttest.Service.Tests.Laboratories;

public sealed class LaboratoryTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private VerifierUnderTest _verifier = null!;
    private HttpClient _operator = null!;

    public async Task InitializeAsync()
    {
        _verifier = await VerifierUnderTest.StartAsync(_clock);
        _operator = _verifier.Operator();
        using HttpClient lab = await _verifier.OrganisationAsync("lab", "laboratory");
    }

    public async Task DisposeAsync()
    {
        _operator.Dispose();
        await _verifier.DisposeAsync();
    }

    [Fact]
    public async Task Laboratories_are_public_with_number_scope_and_end()
    {
        Assert.False((await ReadAsync()).GetProperty("isAccredited").GetBoolean());

        Assert.Equal(200, await AccreditAsync("lab", "2026-12-31").StatusAsync());

        JsonElement lab = await ReadAsync();
        Assert.Equal(("D-PL-1", "2026-12-31T23:59:59Z", true), (lab.Text("number"), lab.Text("until"), lab.GetProperty("isAccredited").GetBoolean()));
        Assert.Equal(["demo", "sg-cls"], lab.GetProperty("scope").EnumerateArray().Select(scheme => scheme.GetString()));
        _clock.Advance(TimeSpan.FromDays(60));
        Assert.False((await ReadAsync()).GetProperty("isAccredited").GetBoolean());
    }

    [Fact]
    public async Task The_newest_accreditation_counts_also_when_it_is_shorter()
    {
        Assert.Equal(200, await AccreditAsync("lab", "2030-01-01").StatusAsync());
        Assert.Equal(200, await AccreditAsync("lab", "2026-11-01").StatusAsync());

        Assert.False((await ReadAsync()).GetProperty("isAccredited").GetBoolean());
    }

    [Fact]
    public async Task Only_the_operator_enters_it_and_only_for_a_laboratory()
    {
        using HttpClient maker = await _verifier.OrganisationAsync("acme", "manufacturer");

        await AccreditAsync("acme", "2030-01-01").AssertProblemAsync(404, "NotFound");
        await AccreditAsync("nobody", "2030-01-01").AssertProblemAsync(404, "NotFound");
        await maker.PostJsonAsync("/v1/organisations/lab/accreditation", new { number = "1", scope = new[] { "demo" }, until = "2030-01-01" }).AssertProblemAsync(403, "Forbidden");
    }

    [Theory]
    [InlineData("""{"number":"1","scope":[],"until":"2030-01-01"}""")]
    [InlineData("""{"number":"1","scope":["Not a name"],"until":"2030-01-01"}""")]
    [InlineData("""{"number":"1","scope":["demo"],"until":"soon"}""")]
    [InlineData("""{"number":"","scope":["demo"],"until":"2030-01-01"}""")]
    [InlineData("""{"scope":["demo"],"until":"2030-01-01"}""")]
    public async Task What_is_no_accreditation_is_refused(string body) =>
        await _operator.PostTextAsync("/v1/organisations/lab/accreditation", body).AssertProblemAsync(400, "Malformed");

    private Task<HttpResponseMessage> AccreditAsync(string name, string until) =>
        _operator.PostJsonAsync($"/v1/organisations/{name}/accreditation", new { number = "D-PL-1", scope = new[] { "sg-cls", "demo" }, until });

    private async Task<JsonElement> ReadAsync()
    {
        using HttpClient anybody = _verifier.Anybody();
        return Assert.Single((await anybody.GetJsonAsync("/v1/laboratories")).GetProperty("laboratories").EnumerateArray());
    }
}
