using System.Text;
using System.Text.Json;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Evidence;
using IotAttest.Service.Tests.Certificates;

namespace IotAttest.Service.Tests.Advisories;

/// <summary>A body, a manufacturer, and builds with bills of materials that contain libfiction.</summary>
internal sealed class AdvisoryScene : IAsyncDisposable
{
    private AdvisoryScene(BodyAtWork work) => Work = work;

    public BodyAtWork Work { get; }

    public static async Task<AdvisoryScene> StartAsync() => new(await BodyAtWork.StartAsync());

    /// <summary>Measured by a board that runs the build of this version.</summary>
    public static MeasuredSet FirmwareOf(string version) =>
        new(SignedFiles.Manifest(version).Components.Select(component => new MeasuredComponent(component.Name, component.Digest.ToBytes())));

    public static string SbomWith(string library, string version = "2.0") =>
        $$"""{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"type":"library","name":"{{library}}","version":"{{version}}","purl":"pkg:generic/{{library}}@{{version}}"}]}""";

    /// <summary>Submits a build and, where one is given, its bill of materials; the answer to the last of the two.</summary>
    public async Task<JsonElement> SubmitAsync(string version, string? sbom = null, bool certified = false)
    {
        byte[] file = Encoding.UTF8.GetBytes(sbom ?? "none");
        BuildManifest manifest = SignedFiles.Manifest(version) with { Sbom = Sha256Digest.Of(file) };
        byte[] signed = Work.SignByMaker(manifest);
        using HttpResponseMessage submitted = await Work.Maker.PostBytesAsync("/v1/builds", signed, SignedFiles.MediaType);
        Assert.True((int)submitted.StatusCode == 201, await submitted.Content.ReadAsStringAsync());
        JsonElement answer = await submitted.JsonAsync();
        if (certified)
        {
            await Work.IssueAsync(SignedFiles.Certificate(signed, manifest, Work.Clock.GetUtcNow(), $"DEMO-{version}"));
        }

        if (sbom is null)
        {
            return answer;
        }

        using HttpResponseMessage uploaded = await Work.Maker.PostBytesAsync($"/v1/builds/{answer.Text("id")}/sbom", file, "application/json");
        Assert.True((int)uploaded.StatusCode == 201, await uploaded.Content.ReadAsStringAsync());
        return await uploaded.JsonAsync();
    }

    public Task<HttpResponseMessage> ImportAsync(string file, HttpClient? by = null, string query = "") => (by ?? Work.Body).PostTextAsync($"/v1/advisories{query}", file);

    /// <summary>Imports a document that must be new and returns the answer.</summary>
    public async Task<JsonElement> TakeAsync(string file, HttpClient? by = null, string query = "")
    {
        using HttpResponseMessage response = await ImportAsync(file, by, query);
        Assert.True((int)response.StatusCode == 201, $"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        return await response.JsonAsync();
    }

    /// <summary>The ids of the advisories that mark a build affected, as everybody sees them.</summary>
    public async Task<string[]> AdvisoriesOfAsync(string build) => [.. (await Work.Anybody.GetJsonAsync($"/v1/builds/{build}")).GetProperty("advisories").EnumerateArray().Select(id => id.GetString()!)];

    public async Task<JsonElement[]> EventsAsync(string types, HttpClient? by = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri($"/v1/events?since=0&types={types}", UriKind.Relative));
        request.Headers.Accept.ParseAdd("application/json");
        using HttpResponseMessage response = await (by ?? Work.Maker).SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return [.. (await response.JsonAsync()).GetProperty("events").EnumerateArray().Select(entry => entry.GetProperty("data"))];
    }

    public ValueTask DisposeAsync() => Work.DisposeAsync();
}
