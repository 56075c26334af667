using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using IotAttest.Domain.Corim;
using IotAttest.Service.Reference;
using IotAttest.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Tests;

public sealed class CertificateTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private readonly ECDsa _makerKey = SignedFiles.NewKey();
    private readonly ECDsa _bodyKey = SignedFiles.NewKey();
    private readonly BuildManifest _manifest = SignedFiles.Manifest();
    private VerifierUnderTest _verifier = null!;
    private HttpClient _maker = null!;
    private HttpClient _body = null!;
    private byte[] _manifestFile = [];

    public async Task InitializeAsync()
    {
        _verifier = await VerifierUnderTest.StartAsync(_clock);
        _maker = await _verifier.OrganisationAsync("acme", "manufacturer", _makerKey.ExportSubjectPublicKeyInfoPem());
        _body = await _verifier.OrganisationAsync("demo-cb", "body", _bodyKey.ExportSubjectPublicKeyInfoPem());
        _manifestFile = _manifest.Sign(_makerKey);
        Assert.Equal(201, await _maker.PostBytesAsync("/v1/builds", _manifestFile, SignedFiles.MediaType).StatusAsync());
    }

    public async Task DisposeAsync()
    {
        _maker.Dispose();
        _body.Dispose();
        await _verifier.DisposeAsync();
        _makerKey.Dispose();
        _bodyKey.Dispose();
    }

    [Fact]
    public async Task A_certificate_covers_its_build_at_once_and_after_a_restart()
    {
        byte[] file = Certificate().Sign(_bodyKey);

        using HttpResponseMessage first = await SubmitAsync(file);
        int again = await SubmitAsync(file).StatusAsync();

        Assert.Equal(201, (int)first.StatusCode);
        Assert.Equal("/v1/certificates/DEMO-1", first.Headers.Location!.ToString());
        Assert.Equal(200, again);
        Assert.Equal("covered", (await _body.GetJsonAsync($"/v1/builds/{_manifest.CorimId}")).Text("status"));
        await _verifier.RestartAsync();
        using HttpClient anybody = _verifier.Anybody();
        JsonElement build = await anybody.GetJsonAsync($"/v1/builds?digest={Sha256Digest.Of(_manifestFile)}");
        Assert.Equal("covered", build.Text("status"));
        Assert.Equal("DEMO-1", build.GetProperty("builds")[0].GetProperty("certificates")[0].GetString());
    }

    [Fact]
    public async Task Everybody_reads_a_certificate_as_json_and_as_the_signed_file()
    {
        byte[] file = Certificate().Sign(_bodyKey);
        await SubmitAsync(file).StatusAsync();
        using HttpClient anybody = _verifier.Anybody();

        JsonElement certificate = await anybody.GetJsonAsync("/v1/certificates/DEMO-1");
        JsonElement list = await anybody.GetJsonAsync($"/v1/certificates?body=demo-cb&manufacturer=acme&scheme=demo&build={_manifest.CorimId}");
        anybody.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/rim+cose"));
        byte[] back = await anybody.GetByteArrayAsync(new Uri("/v1/certificates/DEMO-1", UriKind.Relative));

        Assert.Equal(file, back);
        Assert.Equal(("Certified", "acme", "demo-cb", "substantial"), (certificate.Text("status"), certificate.Text("holder"), certificate.Text("body"), certificate.Text("level")));
        Assert.Equal("2026-11-22T12:00:00Z", certificate.Text("validFrom"));
        Assert.True(certificate.GetProperty("inForce").GetBoolean());
        Assert.Equal("DEMO-1", list.GetProperty("certificates")[0].Text("id"));
        await anybody.GetAsync(new Uri("/v1/certificates/none", UriKind.Relative)).AssertProblemAsync(404, "NotFound");
    }

    [Fact]
    public async Task What_does_not_fit_the_manifest_is_refused()
    {
        CertificateEndorsement good = Certificate();

        await SubmitAsync((good with { ManifestSha256 = SignedFiles.DigestOf("no manifest") }).Sign(_bodyKey)).AssertProblemAsync(422, "UnknownManifest");
        await SubmitAsync((good with { ClassId = Guid.Parse("00000000-0000-4000-8000-000000000001") }).Sign(_bodyKey)).AssertProblemAsync(422, "ConditionMismatch");
        await SubmitAsync((good with { Components = [good.Components[0]] }).Sign(_bodyKey)).AssertProblemAsync(422, "ConditionMismatch");
        await SubmitAsync((good with { Components = [good.Components[0], new ComponentDigest("deployment", SignedFiles.DigestOf("x"))] }).Sign(_bodyKey)).AssertProblemAsync(422, "ConditionMismatch");
        Assert.Equal("pending", (await _body.GetJsonAsync($"/v1/builds/{_manifest.CorimId}")).Text("status"));
    }

    [Theory]
    [InlineData(0, 422)]
    [InlineData(1, 201)]
    public async Task The_end_of_validity_lies_in_the_future(int seconds, int status) =>
        Assert.Equal(status, await SubmitAsync((Certificate() with { ValidUntil = _clock.GetUtcNow().AddSeconds(seconds) }).Sign(_bodyKey)).StatusAsync());

    [Fact]
    public async Task The_end_of_validity_lies_after_its_start()
    {
        CertificateEndorsement good = Certificate();

        await SubmitAsync((good with { ValidFrom = good.ValidUntil }).Sign(_bodyKey)).AssertProblemAsync(422, "BadValidity");
    }

    [Fact]
    public async Task A_validity_that_has_not_begun_covers_nothing_yet()
    {
        await SubmitAsync((Certificate() with { ValidFrom = _clock.GetUtcNow().AddDays(1) }).Sign(_bodyKey)).StatusAsync();

        JsonElement before = await _body.GetJsonAsync($"/v1/builds/{_manifest.CorimId}");
        _clock.Advance(TimeSpan.FromDays(1));
        JsonElement after = await _body.GetJsonAsync($"/v1/builds/{_manifest.CorimId}");

        Assert.Equal(("pending", "covered"), (before.Text("status"), after.Text("status")));
    }

    [Fact]
    public async Task Only_a_body_issues_only_with_its_own_key_and_only_under_its_schemes()
    {
        using HttpClient otherBody = await _verifier.OrganisationAsync("other-cb", "body");
        byte[] good = Certificate().Sign(_bodyKey);

        await _maker.PostBytesAsync("/v1/certificates", good, SignedFiles.MediaType).AssertProblemAsync(403, "Forbidden");
        await otherBody.PostBytesAsync("/v1/certificates", good, SignedFiles.MediaType).AssertProblemAsync(403, "Forbidden");
        await SubmitAsync(Certificate().Sign(_makerKey)).AssertProblemAsync(404, "UnknownKey");
        await SubmitAsync((Certificate() with { Scheme = "eucc" }).Sign(_bodyKey)).AssertProblemAsync(403, "Forbidden");
        await _body.PostBytesAsync("/v1/certificates", good, "application/cbor").AssertProblemAsync(415, "WrongMediaType");
        await SubmitAsync(_manifestFile).AssertProblemAsync(403, "Forbidden");
        good[^1] ^= 1;
        await SubmitAsync(good).AssertProblemAsync(401, "BadSignature");
    }

    [Fact]
    public async Task An_assigned_scheme_may_be_used()
    {
        using ECDsa key = SignedFiles.NewKey();
        using HttpClient client = _verifier.Operator();
        Assert.Equal(201, await client.PostJsonAsync("/v1/organisations", new { name = "lab-cb", roles = new[] { "body" }, schemes = new[] { "eucc" }, keys = new[] { key.ExportSubjectPublicKeyInfoPem() } }).StatusAsync());

        Assert.Equal(201, await client.PostBytesAsync("/v1/certificates", (Certificate() with { Issuer = "lab-cb", Scheme = "eucc" }).Sign(key), SignedFiles.MediaType).StatusAsync());
    }

    [Theory]
    [InlineData("with/slash")]
    [InlineData("..")]
    [InlineData("with space")]
    public async Task An_id_that_cannot_stand_in_an_address_is_refused(string id) =>
        await SubmitAsync((Certificate() with { CertificateId = id }).Sign(_bodyKey)).AssertProblemAsync(422, "BadId");

    [Fact]
    public async Task An_id_is_given_once()
    {
        await SubmitAsync(Certificate().Sign(_bodyKey)).StatusAsync();

        await SubmitAsync((Certificate() with { Level = "high" }).Sign(_bodyKey)).AssertProblemAsync(409, "Conflict");
    }

    [Fact]
    public async Task Decisions_change_the_status_at_once_and_stand_in_the_history()
    {
        await SubmitAsync(Certificate().Sign(_bodyKey)).StatusAsync();

        Assert.Equal("Suspended", (await DecideAsync("suspend", "flaw under study")).Text("status"));
        string suspended = (await _body.GetJsonAsync($"/v1/builds/{_manifest.CorimId}")).Text("status");
        Assert.Equal("Certified", (await DecideAsync("resume", "flaw mended")).Text("status"));
        string resumed = (await _body.GetJsonAsync($"/v1/builds/{_manifest.CorimId}")).Text("status");
        Assert.Equal("Withdrawn", (await DecideAsync("withdraw", "end of product")).Text("status"));

        Assert.Equal(("withdrawn", "covered"), (suspended, resumed));
        Assert.False(_verifier.Services.GetRequiredService<ReferenceDirectory>().Of("acme").Find(_manifest.CorimId.ToString())!.Certificates[0].IsInForce(_clock.GetUtcNow()));
        JsonElement history = (await _body.GetJsonAsync("/v1/certificates/DEMO-1/history")).GetProperty("history");
        Assert.Equal(["Certified", "Suspended", "Certified", "Withdrawn"], history.EnumerateArray().Select(item => item.Text("status")));
        Assert.Equal(("demo-cb", "flaw under study"), (history[1].Text("decidedBy"), history[1].Text("reason")));
    }

    [Theory]
    [InlineData("withdraw", "resume")]
    [InlineData("withdraw", "revoke")]
    [InlineData("suspend", "suspend")]
    public async Task No_decision_leads_back_from_a_final_status(string first, string second)
    {
        await SubmitAsync(Certificate().Sign(_bodyKey)).StatusAsync();
        await DecideAsync(first, "x");

        await _body.PostJsonAsync("/v1/certificates/DEMO-1/decisions", new { decision = second, reason = "x" }).AssertProblemAsync(409, "Conflict");
    }

    [Fact]
    public async Task An_expired_certificate_takes_no_decision()
    {
        await SubmitAsync(Certificate().Sign(_bodyKey)).StatusAsync();
        await DecideAsync("suspend", "x");
        _clock.Advance(TimeSpan.FromDays(366));

        await _body.PostJsonAsync("/v1/certificates/DEMO-1/decisions", new { decision = "resume", reason = "x" }).AssertProblemAsync(409, "Conflict");
        Assert.Equal("Expired", (await _body.GetJsonAsync("/v1/certificates/DEMO-1")).Text("status"));
    }

    [Fact]
    public async Task Only_the_issuing_body_decides_and_with_a_reason()
    {
        await SubmitAsync(Certificate().Sign(_bodyKey)).StatusAsync();
        using HttpClient otherBody = await _verifier.OrganisationAsync("other-cb", "body");

        await otherBody.PostJsonAsync("/v1/certificates/DEMO-1/decisions", new { decision = "revoke", reason = "x" }).AssertProblemAsync(403, "Forbidden");
        await _body.PostJsonAsync("/v1/certificates/DEMO-1/decisions", new { decision = "revoke" }).AssertProblemAsync(400, "Malformed");
        await _body.PostJsonAsync("/v1/certificates/DEMO-1/decisions", new { decision = "annul", reason = "x" }).AssertProblemAsync(400, "Malformed");
        await _body.PostJsonAsync("/v1/certificates/none/decisions", new { decision = "revoke", reason = "x" }).AssertProblemAsync(404, "NotFound");
    }

    private CertificateEndorsement Certificate() => SignedFiles.Certificate(_manifestFile, _manifest, _clock.GetUtcNow());

    private Task<HttpResponseMessage> SubmitAsync(byte[] file) => _body.PostBytesAsync("/v1/certificates", file, SignedFiles.MediaType);

    private async Task<JsonElement> DecideAsync(string decision, string reason)
    {
        using HttpResponseMessage response = await _body.PostJsonAsync("/v1/certificates/DEMO-1/decisions", new { decision, reason });
        Assert.Equal(200, (int)response.StatusCode);
        return await response.JsonAsync();
    }
}
