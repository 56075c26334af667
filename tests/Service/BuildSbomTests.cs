using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IotAttest.Domain.Corim;

namespace IotAttest.Service.Tests;

/// <summary>Bills of materials: bound by the manifest's digest, indexed, shown to those who may see them.</summary>
public sealed class BuildSbomTests : IAsyncLifetime
{
    private static readonly byte[] Old = Sbom("mbedtls", "3.5.2");
    private static readonly byte[] New = Sbom("MbedTLS", "3.6.1");
    private static readonly byte[] Unversioned = Sbom("mbedtls", null);

    private readonly ECDsa _key = SignedFiles.NewKey();
    private VerifierUnderTest _verifier = null!;
    private HttpClient _acme = null!;

    public async Task InitializeAsync()
    {
        _verifier = await VerifierUnderTest.StartAsync();
        _acme = await _verifier.OrganisationAsync("acme", "manufacturer", _key.ExportSubjectPublicKeyInfoPem());
    }

    public async Task DisposeAsync()
    {
        _acme.Dispose();
        _key.Dispose();
        await _verifier.DisposeAsync();
    }

    [Fact]
    public async Task Only_the_file_that_the_manifest_names_is_taken_once_201_then_200()
    {
        string build = await SubmitAsync("1.0.0", Old);

        await UploadAsync(build, New).AssertProblemAsync(422, "SbomMismatch");
        Assert.Equal(201, await UploadAsync(build, Old).StatusAsync());
        Assert.Equal(200, await UploadAsync(build, Old).StatusAsync());

        JsonElement view = await _acme.GetJsonAsync($"/v1/builds/{build}");
        Assert.Equal(("CycloneDX 1.6", 1), (view.GetProperty("sbomFile").Text("format"), view.GetProperty("sbomFile").GetProperty("components").GetInt32()));
        Assert.Equal(Sha256Digest.Of(Old).ToString(), view.Text("sbom"));
        Assert.Equal(["submitted", "sbom"], view.GetProperty("history").EnumerateArray().Select(entry => entry.Text("event")));
        Assert.Equal(Old, await _acme.GetByteArrayAsync(new Uri($"/v1/builds/{build}/sbom", UriKind.Relative)));
    }

    [Fact]
    public async Task What_cannot_be_read_or_belongs_to_nobody_is_refused()
    {
        string build = await SubmitAsync("1.0.0", Old);
        string without = await SubmitAsync("1.0.1", null);
        using HttpClient other = await _verifier.OrganisationAsync("other", "manufacturer");

        await UploadAsync(build, "{}"u8.ToArray()).AssertProblemAsync(400, "Malformed");
        await UploadAsync(without, Old).AssertProblemAsync(422, "NoSbom");
        await UploadAsync("none", Old).AssertProblemAsync(404, "NotFound");
        await other.PostBytesAsync($"/v1/builds/{build}/sbom", Old, "application/json").AssertProblemAsync(403, "Forbidden");
        await other.GetAsync(new Uri($"/v1/builds/{build}/sbom", UriKind.Relative)).AssertProblemAsync(403, "Forbidden");
        await _acme.GetAsync(new Uri($"/v1/builds/{build}/sbom", UriKind.Relative)).AssertProblemAsync(404, "NotFound");
        await _acme.PostBytesAsync($"/v1/builds/{build}/sbom", Old, "text/plain").AssertProblemAsync(415, "WrongMediaType");
    }

    [Fact]
    public async Task A_file_larger_than_other_requests_is_taken()
    {
        byte[] large = [.. Encoding.UTF8.GetBytes(new string(' ', 3 * 1024 * 1024)), .. Old];
        string build = await SubmitAsync("1.0.0", large);

        Assert.Equal(201, await UploadAsync(build, large).StatusAsync());
    }

    [Fact]
    public async Task Builds_with_a_component_below_a_version_are_found_also_where_the_version_is_unknown()
    {
        string old = await UploadNewAsync("1.0.0", Old);
        string fresh = await UploadNewAsync("2.0.0", New);
        string unknown = await UploadNewAsync("3.0.0", Unversioned);

        JsonElement below = await _acme.GetJsonAsync("/v1/builds?component=mbedtls&below=3.6.0");
        JsonElement all = await _acme.GetJsonAsync("/v1/builds?component=MBEDTLS");
        JsonElement none = await _acme.GetJsonAsync("/v1/builds?component=mbed");
        JsonElement covered = await _acme.GetJsonAsync("/v1/builds?component=mbedtls&status=covered");

        Assert.Equal([(old, true), (unknown, false)], below.GetProperty("matches").EnumerateArray().Select(match => (match.Text("build"), match.GetProperty("isVersionKnown").GetBoolean())));
        Assert.Equal([old, fresh, unknown], all.GetProperty("matches").EnumerateArray().Select(match => match.Text("build")));
        Assert.Equal(("3.5.2", "1.0.0", "submitted", "library"), (below.GetProperty("matches")[0].Text("version"), below.GetProperty("matches")[0].Text("buildVersion"), below.GetProperty("matches")[0].Text("status"), below.GetProperty("matches")[0].Text("type")));
        Assert.True(below.GetProperty("isComplete").GetBoolean());
        Assert.Equal(0, none.GetProperty("matches").GetArrayLength() + covered.GetProperty("matches").GetArrayLength());
        await _acme.GetAsync(new Uri("/v1/builds?component=mbedtls&below=latest", UriKind.Relative)).AssertProblemAsync(400, "Malformed");
    }

    [Fact]
    public async Task Components_are_shown_to_the_maker_to_bodies_and_to_auditors()
    {
        string build = await UploadNewAsync("1.0.0", Old);
        using HttpClient anybody = _verifier.Anybody();
        using HttpClient integrator = await _verifier.OrganisationAsync("city", "integrator");
        using HttpClient other = await _verifier.OrganisationAsync("other", "manufacturer");
        using HttpClient body = await _verifier.OrganisationAsync("cb", "body");
        using HttpClient auditor = await _verifier.OrganisationAsync("audit", "auditor");
        Uri question = new("/v1/builds?component=mbedtls", UriKind.Relative);

        await anybody.GetAsync(question).AssertProblemAsync(401, "NoLogin");
        await integrator.GetAsync(question).AssertProblemAsync(403, "Forbidden");
        await other.GetAsync(new Uri("/v1/builds?component=mbedtls&manufacturer=acme", UriKind.Relative)).AssertProblemAsync(403, "Forbidden");
        Assert.Equal(0, (await other.GetJsonAsync(question.ToString())).GetProperty("matches").GetArrayLength());
        foreach (HttpClient client in new[] { body, auditor, _acme })
        {
            Assert.Equal(build, (await client.GetJsonAsync(question.ToString())).GetProperty("matches")[0].Text("build"));
            Assert.Equal(200, await client.GetAsync(new Uri($"/v1/builds/{build}/sbom", UriKind.Relative)).StatusAsync());
        }
    }

    private static byte[] Sbom(string name, string? version)
    {
        string versionMember = version is null ? "" : $"\"version\":\"{version}\",";
        return Encoding.UTF8.GetBytes($$"""{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"type":"library",{{versionMember}}"name":"{{name}}"}]}""");
    }

    private async Task<string> UploadNewAsync(string version, byte[] sbom)
    {
        string build = await SubmitAsync(version, sbom);
        Assert.Equal(201, await UploadAsync(build, sbom).StatusAsync());
        return build;
    }

    private async Task<string> SubmitAsync(string version, byte[]? sbom)
    {
        BuildManifest manifest = SignedFiles.Manifest(version) with { Sbom = sbom is null ? null : Sha256Digest.Of(sbom) };
        Assert.Equal(201, await _acme.PostBytesAsync("/v1/builds", manifest.Sign(_key), SignedFiles.MediaType).StatusAsync());
        return manifest.CorimId.ToString();
    }

    private Task<HttpResponseMessage> UploadAsync(string build, byte[] sbom) => _acme.PostBytesAsync($"/v1/builds/{build}/sbom", sbom, "application/vnd.cyclonedx+json");
}
