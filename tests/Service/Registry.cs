using System.Net.Http.Headers;
using System.Security.Cryptography;
using IotAttest.Domain.Certificates;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Evidence;

namespace IotAttest.Service.Tests;

/// <summary>The manufacturer acme and the body demo-cb at a running verifier: signed manifests and certificates through the routes.</summary>
internal sealed class Registry : IDisposable
{
    private static readonly DateTimeOffset ValidUntil = new(2027, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly VerifierUnderTest _verifier;
    private readonly ECDsa _makerKey = SignedFiles.NewKey();
    private readonly ECDsa _bodyKey = SignedFiles.NewKey();
    private readonly Dictionary<string, (byte[] File, BuildManifest Manifest)> _manifests = [];
    private string _makerToken = "";
    private string _bodyToken = "";

    private Registry(VerifierUnderTest verifier) => _verifier = verifier;

    public static async Task<Registry> OpenAsync(VerifierUnderTest verifier, string maker = "acme", string body = "demo-cb")
    {
        Registry registry = new(verifier) { Maker = maker, Body = body };
        registry._makerToken = await registry.RegisterAsync(maker, "manufacturer", registry._makerKey);
        registry._bodyToken = await registry.RegisterAsync(body, "body", registry._bodyKey);
        return registry;
    }

    private string Maker { get; init; } = "";

    private string Body { get; init; } = "";

    /// <summary>Submits a signed manifest with these digests and returns the id of the build.</summary>
    public async Task<string> SubmitAsync(MeasuredSet measured, string version = "1.0.0", ulong securityVersion = 1, string productClass = Boards.Class)
    {
        ComponentDigest[] components = [.. measured.Components.Select(component => new ComponentDigest(component.Name, new Sha256Digest(component.Sha256.Span)))];
        BuildManifest manifest = new(Guid.Parse(productClass), Maker, version, securityVersion, components, []);
        byte[] file = manifest.Sign(_makerKey);
        await SendAsync(_makerToken, client => client.PostBytesAsync("/v1/builds", file, SignedFiles.MediaType), 201);
        _manifests[manifest.CorimId.ToString()] = (file, manifest);
        return manifest.CorimId.ToString();
    }

    /// <summary>Issues a certificate for a build and returns its id.</summary>
    public async Task<string> CertifyAsync(string build, string level = "substantial", PatchPolicy? patchPolicy = null)
    {
        (byte[] file, BuildManifest manifest) = _manifests[build];
        string id = $"{Maker}-{_manifests.Count}-{level}";
        CertificateEndorsement endorsement = new(id, "demo", level, Body, Sha256Digest.Of(file), manifest.ClassId, manifest.Components, ValidUntil) { PatchPolicy = patchPolicy ?? PatchPolicy.None };
        await SendAsync(_bodyToken, client => client.PostBytesAsync("/v1/certificates", endorsement.Sign(_bodyKey), SignedFiles.MediaType), 201);
        return id;
    }

    public async Task<(string Build, string Certificate)> SubmitCertifiedAsync(MeasuredSet measured)
    {
        string build = await SubmitAsync(measured);
        return (build, await CertifyAsync(build));
    }

    /// <summary>A client with the manufacturer's token.</summary>
    public HttpClient MakerClient() => _verifier.With(_makerToken);

    public Task DecideAsync(string certificate, string decision) =>
        SendAsync(_bodyToken, client => client.PostJsonAsync($"/v1/certificates/{certificate}/decisions", new { decision, reason = "test" }), 200);

    public void Dispose()
    {
        _makerKey.Dispose();
        _bodyKey.Dispose();
    }

    private async Task<string> RegisterAsync(string name, string role, ECDsa key)
    {
        using HttpClient client = await _verifier.OrganisationAsync(name, role, key.ExportSubjectPublicKeyInfoPem());
        AuthenticationHeaderValue login = client.DefaultRequestHeaders.Authorization!;
        return login.Parameter!;
    }

    private async Task SendAsync(string token, Func<HttpClient, Task<HttpResponseMessage>> call, int expected)
    {
        using HttpClient client = _verifier.With(token);
        using HttpResponseMessage response = await call(client);
        Assert.True((int)response.StatusCode == expected, $"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
    }
}
