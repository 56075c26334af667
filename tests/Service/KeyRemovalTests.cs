using System.Text;
using System.Text.Json;
using IotAttest.Service.Tests.Certificates;

namespace IotAttest.Service.Tests;

public sealed class KeyRemovalTests : IAsyncLifetime
{
    private BodyAtWork _work = null!;
    private HttpClient _operator = null!;
    private string _kid = "";

    public async Task InitializeAsync()
    {
        _work = await BodyAtWork.StartAsync();
        await _work.IssueAsync(_work.Certificate());
        _operator = _work.Verifier.Operator();
        _kid = (await _operator.GetJsonAsync("/v1/organisations/acme")).GetProperty("keys")[0].Text("kid");
    }

    public async Task DisposeAsync()
    {
        _operator.Dispose();
        await _work.DisposeAsync();
    }

    [Fact]
    public async Task What_a_removed_key_signed_stays_and_new_files_under_it_are_refused_also_after_a_restart()
    {
        string pem = (await _operator.GetJsonAsync("/v1/organisations/acme")).GetProperty("keys")[0].Text("pem");

        Assert.Equal(200, await RemoveAsync(_operator, _kid, """{"reason":"lost with a laptop"}""").StatusAsync());

        JsonElement acme = await _work.Anybody.GetJsonAsync("/v1/organisations/acme");
        JsonElement removed = Assert.Single(acme.GetProperty("removedKeys").EnumerateArray());
        Assert.Equal(0, acme.GetProperty("keys").GetArrayLength());
        Assert.Equal((_kid, pem, "lost with a laptop", "2026-11-22T12:00:00Z"), (removed.Text("kid"), removed.Text("pem"), removed.Text("reason"), removed.Text("removedAt")));
        Assert.Equal("Certified", await _work.StatusAsync());
        await SubmitAsync().AssertProblemAsync(404, "UnknownKey");
        await _operator.PostJsonAsync("/v1/organisations/acme/keys", new { key = pem }).AssertProblemAsync(409, "Conflict");
        string token = _work.Maker.DefaultRequestHeaders.Authorization!.Parameter!;
        await _work.Verifier.RestartAsync();
        using HttpClient maker = _work.Verifier.With(token);
        await SubmitAsync(maker).AssertProblemAsync(404, "UnknownKey");
        Assert.Equal("lost with a laptop", (await maker.GetJsonAsync("/v1/organisations/acme")).GetProperty("removedKeys")[0].Text("reason"));
        Assert.Equal(200, await maker.GetAsync(new Uri($"/v1/builds/{_work.Manifest.CorimId}", UriKind.Relative)).StatusAsync());
    }

    [Fact]
    public async Task It_needs_the_operator_a_reason_and_a_key_that_is_there()
    {
        const string Reason = """{"reason":"x"}""";

        await RemoveAsync(_work.Maker, _kid, Reason).AssertProblemAsync(403, "Forbidden");
        await RemoveAsync(_operator, _kid, "{}").AssertProblemAsync(400, "Malformed");
        await RemoveAsync(_operator, "0011223344556677", Reason).AssertProblemAsync(404, "NotFound");
        await RemoveAsync(_operator, _kid, Reason, "demo-cb").AssertProblemAsync(404, "NotFound");
        await RemoveAsync(_operator, _kid, Reason, "nobody").AssertProblemAsync(404, "NotFound");
        Assert.Equal(200, await RemoveAsync(_operator, _kid, Reason).StatusAsync());
        await RemoveAsync(_operator, _kid, Reason).AssertProblemAsync(404, "NotFound");
    }

    private async Task<HttpResponseMessage> RemoveAsync(HttpClient client, string kid, string body, string organisation = "acme")
    {
        using HttpRequestMessage request = new(HttpMethod.Delete, new Uri($"/v1/organisations/{organisation}/keys/{kid}", UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        return await client.SendAsync(request);
    }

    private Task<HttpResponseMessage> SubmitAsync(HttpClient? maker = null) => (maker ?? _work.Maker).PostBytesAsync("/v1/builds", _work.SignByMaker(SignedFiles.Manifest()), SignedFiles.MediaType);
}
