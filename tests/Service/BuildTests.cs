using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using IotAttest.Domain.Corim;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Service.Reference;
using IotAttest.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Tests;

public sealed class BuildTests
{
    [Fact]
    public async Task A_manifest_of_the_maker_is_201_once_200_again_and_409_with_other_bytes()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using ECDsa key = SignedFiles.NewKey();
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer", key.ExportSubjectPublicKeyInfoPem());
        BuildManifest manifest = SignedFiles.Manifest();
        byte[] file = manifest.Sign(key);

        using HttpResponseMessage first = await SubmitAsync(acme, file);

        Assert.Equal(201, (int)first.StatusCode);
        Assert.Equal($"/v1/builds/{manifest.CorimId}", first.Headers.Location!.ToString());
        Assert.Equal(200, await SubmitAsync(acme, file).StatusAsync());
        await SubmitAsync(acme, manifest.Sign(key)).AssertProblemAsync(409, "Conflict");
    }

    [Fact]
    public async Task A_build_shows_all_of_its_manifest_and_gives_the_signed_file_back()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using ECDsa key = SignedFiles.NewKey();
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer", key.ExportSubjectPublicKeyInfoPem());
        BuildManifest manifest = SignedFiles.Manifest();
        byte[] file = manifest.Sign(key);
        Assert.Equal(201, await SubmitAsync(acme, file).StatusAsync());
        await verifier.RestartAsync();
        using HttpClient anybody = verifier.Anybody();

        JsonElement build = await anybody.GetJsonAsync($"/v1/builds/{manifest.CorimId}");
        anybody.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue(SignedFiles.MediaType));
        byte[] back = await anybody.GetByteArrayAsync(new Uri($"/v1/builds/{manifest.CorimId}", UriKind.Relative));

        Assert.Equal(file, back);
        Assert.Equal(("acme", "1.0.0", Boards.Class, "submitted"), (build.Text("manufacturer"), build.Text("version"), build.Text("class"), build.Text("status")));
        Assert.Equal(1, build.GetProperty("securityVersion").GetInt32());
        Assert.Equal(Sha256Digest.Of(file).ToString(), build.Text("manifestSha256"));
        Assert.Equal(SignedFiles.DigestOf("sbom").ToString(), build.Text("sbom"));
        Assert.Equal(["clr", "deployment"], build.GetProperty("components").EnumerateArray().Select(component => component.Text("name")));
        Assert.Equal("App", build.GetProperty("assemblies")[0].Text("name"));
        Assert.Equal(manifest.AssembliesHash, verifier.Services.GetRequiredService<ReferenceDirectory>().Of("acme").Find(manifest.CorimId.ToString())!.AssembliesHash);
    }

    [Fact]
    public async Task Submission_puts_the_reference_values_in_force_at_once()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using ECDsa key = SignedFiles.NewKey();
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer", key.ExportSubjectPublicKeyInfoPem());
        BuildManifest manifest = SignedFiles.Manifest();

        await SubmitAsync(acme, manifest.Sign(key)).StatusAsync();

        ReferenceBuild build = verifier.Services.GetRequiredService<ReferenceDirectory>().Of("acme").Find(manifest.CorimId.ToString())!;
        Assert.Equal(2, build.Measured.Components.Length);
        Assert.Empty(build.Certificates);
    }

    [Fact]
    public async Task Who_signed_and_who_submits_must_be_the_same_registered_manufacturer()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using ECDsa key = SignedFiles.NewKey();
        using ECDsa otherKey = SignedFiles.NewKey();
        using ECDsa bodyKey = SignedFiles.NewKey();
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer", key.ExportSubjectPublicKeyInfoPem());
        using HttpClient other = await verifier.OrganisationAsync("other", "manufacturer", otherKey.ExportSubjectPublicKeyInfoPem());
        using HttpClient body = await verifier.OrganisationAsync("cb", "body", bodyKey.ExportSubjectPublicKeyInfoPem());
        using HttpClient client = verifier.Operator();
        BuildManifest manifest = SignedFiles.Manifest();

        await SubmitAsync(other, manifest.Sign(key)).AssertProblemAsync(403, "Forbidden");
        await SubmitAsync(acme, manifest.Sign(otherKey)).AssertProblemAsync(404, "UnknownKey");
        await SubmitAsync(client, SignedFiles.Manifest(issuer: "nobody").Sign(key)).AssertProblemAsync(404, "UnknownKey");
        await SubmitAsync(client, SignedFiles.Manifest(issuer: "cb").Sign(bodyKey)).AssertProblemAsync(403, "Forbidden");
        await SubmitAsync(body, SignedFiles.Manifest(issuer: "cb").Sign(bodyKey)).AssertProblemAsync(403, "Forbidden");
        int refusedMix = await SubmitAsync(acme, SignedFiles.Manifest(issuer: "other").Sign(key, "acme")).StatusAsync();
        Assert.Contains(refusedMix, new[] { 400, 422 });
        Assert.Equal(201, await SubmitAsync(client, manifest.Sign(key)).StatusAsync());
    }

    [Fact]
    public async Task A_file_with_one_bit_changed_is_refused_and_nothing_is_stored()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using ECDsa key = SignedFiles.NewKey();
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer", key.ExportSubjectPublicKeyInfoPem());
        byte[] file = SignedFiles.Manifest().Sign(key);
        file[^1] ^= 1;

        await SubmitAsync(acme, file).AssertProblemAsync(401, "BadSignature");
        await SubmitAsync(acme, file[..^1]).AssertProblemAsync(400, "Malformed");
        await SubmitAsync(acme, []).AssertProblemAsync(400, "Malformed");
        await acme.PostBytesAsync("/v1/builds", file, "application/octet-stream").AssertProblemAsync(415, "WrongMediaType");
        await SubmitAsync(acme, new byte[(1024 * 1024) + 1]).AssertProblemAsync(413, "TooLarge");
        Assert.Equal(0, (await acme.GetJsonAsync("/v1/builds")).GetProperty("builds").GetArrayLength());
    }

    [Fact]
    public async Task Builds_are_listed_by_class_and_maker_and_found_by_digest()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using ECDsa key = SignedFiles.NewKey();
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer", key.ExportSubjectPublicKeyInfoPem());
        byte[] first = SignedFiles.Manifest("1.0.0").Sign(key);
        await SubmitAsync(acme, first).StatusAsync();
        await SubmitAsync(acme, SignedFiles.Manifest("2.0.0").Sign(key)).StatusAsync();
        using HttpClient anybody = verifier.Anybody();

        JsonElement page = await anybody.GetJsonAsync("/v1/builds?limit=1");
        JsonElement rest = await anybody.GetJsonAsync($"/v1/builds?limit=1&cursor={page.Text("next")}");
        JsonElement byComponent = await anybody.GetJsonAsync($"/v1/builds?digest={SignedFiles.DigestOf("2.0.0")}");
        JsonElement byManifest = await anybody.GetJsonAsync($"/v1/builds?digest={Sha256Digest.Of(first)}");
        JsonElement unknown = await anybody.GetJsonAsync($"/v1/builds?digest={SignedFiles.DigestOf("no build")}");

        Assert.Equal(("1.0.0", "2.0.0"), (page.GetProperty("builds")[0].Text("version"), rest.GetProperty("builds")[0].Text("version")));
        Assert.Equal(("submitted", "2.0.0"), (byComponent.Text("status"), byComponent.GetProperty("builds")[0].Text("version")));
        Assert.Equal(("submitted", "1.0.0"), (byManifest.Text("status"), byManifest.GetProperty("builds")[0].Text("version")));
        Assert.Equal("unknown", unknown.Text("status"));
        Assert.Equal(2, (await anybody.GetJsonAsync($"/v1/builds?class={Boards.Class}&manufacturer=acme")).GetProperty("builds").GetArrayLength());
        Assert.Equal(0, (await anybody.GetJsonAsync("/v1/builds?manufacturer=other")).GetProperty("builds").GetArrayLength());
        await anybody.GetAsync(new Uri("/v1/builds?digest=sha256:AA", UriKind.Relative)).AssertProblemAsync(400, "Malformed");
        await anybody.GetAsync(new Uri("/v1/builds/none", UriKind.Relative)).AssertProblemAsync(404, "NotFound");
    }

    [Theory]
    [InlineData("\"P30D\"")]
    [InlineData("2592000")]
    public async Task A_superseded_build_is_accepted_until_its_grace_ends(string grace)
    {
        FakeClock clock = new();
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync(clock);
        using ECDsa key = SignedFiles.NewKey();
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer", key.ExportSubjectPublicKeyInfoPem());
        BuildManifest old = SignedFiles.Manifest("1.0.0");
        BuildManifest next = SignedFiles.Manifest("2.0.0");
        await SubmitAsync(acme, old.Sign(key)).StatusAsync();
        await SubmitAsync(acme, next.Sign(key)).StatusAsync();

        using HttpResponseMessage response = await acme.PostTextAsync($"/v1/builds/{old.CorimId}/supersede", $$"""{"by":"{{next.CorimId}}","grace":{{grace}}}""");
        JsonElement build = await response.JsonAsync();

        Assert.Equal(next.CorimId.ToString(), build.Text("supersededBy"));
        Assert.Equal("2026-12-22T12:00:00Z", build.Text("acceptedUntil"));
        Assert.Equal(clock.GetUtcNow().AddDays(30), verifier.Services.GetRequiredService<ReferenceDirectory>().Find(old.CorimId.ToString())!.AcceptedUntil);
        await acme.PostJsonAsync($"/v1/builds/{next.CorimId}/supersede", new { by = old.CorimId }).AssertProblemAsync(422, "NoSuccessor");
        await acme.PostJsonAsync($"/v1/builds/{next.CorimId}/supersede", new { by = next.CorimId }).AssertProblemAsync(422, "NoSuccessor");
        await acme.PostJsonAsync($"/v1/builds/{next.CorimId}/supersede", new { by = old.CorimId, grace = "a month" }).AssertProblemAsync(400, "Malformed");
    }

    [Fact]
    public async Task Superseding_again_changes_nothing_and_another_window_is_refused_instead_of_ignored()
    {
        FakeClock clock = new();
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync(clock);
        using ECDsa key = SignedFiles.NewKey();
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer", key.ExportSubjectPublicKeyInfoPem());
        BuildManifest old = SignedFiles.Manifest("1.0.0");
        BuildManifest next = SignedFiles.Manifest("2.0.0");
        await SubmitAsync(acme, old.Sign(key)).StatusAsync();
        await SubmitAsync(acme, next.Sign(key)).StatusAsync();
        string path = $"/v1/builds/{old.CorimId}/supersede";
        Assert.Equal(200, await acme.PostJsonAsync(path, new { by = next.CorimId, grace = "P30D" }).StatusAsync());
        clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(200, await acme.PostJsonAsync(path, new { by = next.CorimId, grace = 2_592_000 }).StatusAsync());
        JsonElement refused = await acme.PostJsonAsync(path, new { by = next.CorimId, grace = "P1D" }).AssertProblemAsync(409, "Conflict");
        await acme.PostJsonAsync(path, new { by = next.CorimId }).AssertProblemAsync(409, "Conflict");

        Assert.Contains("2026-12-22T12:00:00Z", refused.Text("seen"), StringComparison.Ordinal);
        JsonElement build = await acme.GetJsonAsync($"/v1/builds/{old.CorimId}");
        Assert.Equal("2026-12-22T12:00:00Z", build.Text("acceptedUntil"));
        Assert.Single(build.GetProperty("history").EnumerateArray(), row => row.Text("event") == "superseded");
        Assert.Equal(200, await acme.PostJsonAsync($"/v1/builds/{old.CorimId}/retire", new { reason = "recall" }).StatusAsync());
        Assert.Equal(200, await acme.PostJsonAsync(path, new { by = next.CorimId, grace = "P1D" }).StatusAsync());
    }

    [Fact]
    public async Task Only_the_maker_supersedes_its_build()
    {
        await using VerifierUnderTest verifier = await VerifierUnderTest.StartAsync();
        using ECDsa key = SignedFiles.NewKey();
        using HttpClient acme = await verifier.OrganisationAsync("acme", "manufacturer", key.ExportSubjectPublicKeyInfoPem());
        using HttpClient other = await verifier.OrganisationAsync("other", "manufacturer");
        BuildManifest build = SignedFiles.Manifest();
        await SubmitAsync(acme, build.Sign(key)).StatusAsync();

        await other.PostJsonAsync($"/v1/builds/{build.CorimId}/supersede", new { by = build.CorimId }).AssertProblemAsync(403, "Forbidden");
        await acme.PostJsonAsync("/v1/builds/none/supersede", new { by = build.CorimId }).AssertProblemAsync(404, "NotFound");
    }

    private static Task<HttpResponseMessage> SubmitAsync(HttpClient client, byte[] file) => client.PostBytesAsync("/v1/builds", file, SignedFiles.MediaType);
}
