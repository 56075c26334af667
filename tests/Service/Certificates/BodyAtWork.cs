using System.Security.Cryptography;
using System.Text.Json;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Evidence;
using IotAttest.Service.Hosting;
using IotAttest.Support;

namespace IotAttest.Service.Tests.Certificates;

/// <summary>A verifier with the manufacturer acme and the body demo-cb, whose persons ann and bob have tokens of their own.</summary>
internal sealed class BodyAtWork : IAsyncDisposable
{
    private readonly ECDsa _makerKey = SignedFiles.NewKey();
    private readonly ECDsa _bodyKey = SignedFiles.NewKey();

    private BodyAtWork(FakeClock clock, VerifierUnderTest verifier)
    {
        Clock = clock;
        Verifier = verifier;
    }

    public ECDsa MakerKey => _makerKey;

    public FakeClock Clock { get; }

    public VerifierUnderTest Verifier { get; }

    public HttpClient Maker { get; private set; } = null!;

    /// <summary>The body's own token: one more person.</summary>
    public HttpClient Body { get; private set; } = null!;

    public HttpClient Ann { get; private set; } = null!;

    public HttpClient Bob { get; private set; } = null!;

    public HttpClient Anybody { get; private set; } = null!;

    public BuildManifest Manifest { get; } = SignedFiles.Manifest();

    public byte[] ManifestFile { get; private set; } = [];

    /// <summary>What a board that runs the build reports.</summary>
    public MeasuredSet Measured => new(Manifest.Components.Select(component => new MeasuredComponent(component.Name, component.Digest.ToBytes())));

    public static Task<BodyAtWork> StartAsync(params string[] schemes) => StartAsync(change: null, schemes);

    /// <summary>Starts the verifier with other options.</summary>
    public static async Task<BodyAtWork> StartAsync(Func<VerifierOptions, VerifierOptions>? change, string[] schemes)
    {
        FakeClock clock = new();
        BodyAtWork work = new(clock, await VerifierUnderTest.StartAsync(clock, change ?? (options => options with { WebhookHosts = ["127.0.0.1"] })));
        await work.RegisterAsync(schemes);
        work.ManifestFile = await work.SubmitBuildAsync(work.Manifest);
        return work;
    }

    public async Task<byte[]> SubmitBuildAsync(BuildManifest manifest)
    {
        byte[] file = manifest.Sign(_makerKey);
        Assert.Equal(201, await Maker.PostBytesAsync("/v1/builds", file, SignedFiles.MediaType).StatusAsync());
        return file;
    }

    /// <summary>Signs a manifest with the manufacturer's key.</summary>
    public byte[] SignByMaker(BuildManifest manifest) => manifest.Sign(_makerKey);

    public CertificateEndorsement Certificate(string id = "DEMO-1", string scheme = "demo", string level = "substantial") =>
        SignedFiles.Certificate(ManifestFile, Manifest, Clock.GetUtcNow(), id, scheme, level);

    public Task<HttpResponseMessage> SubmitAsync(CertificateEndorsement certificate, HttpClient? by = null) =>
        (by ?? Ann).PostBytesAsync("/v1/certificates", certificate.Sign(_bodyKey), SignedFiles.MediaType);

    /// <summary>Issues a certificate, with both persons where it takes two.</summary>
    public async Task IssueAsync(CertificateEndorsement certificate)
    {
        using HttpResponseMessage response = await SubmitAsync(certificate);
        if ((int)response.StatusCode == 202)
        {
            Assert.Equal(200, await ConfirmAsync(Bob, await response.JsonAsync()).StatusAsync());
            return;
        }

        Assert.True((int)response.StatusCode == 201, await response.Content.ReadAsStringAsync());
    }

    public Task<HttpResponseMessage> DecideAsync(HttpClient by, object decision, string id = "DEMO-1") => by.PostJsonAsync($"/v1/certificates/{id}/decisions", decision);

    public static Task<HttpResponseMessage> ConfirmAsync(HttpClient by, JsonElement proposal) =>
        by.PostJsonAsync($"/v1/certificates/{proposal.Text("certificate")}/decisions", new { decision = "confirm", proposal = proposal.GetProperty("proposal").GetInt64() });

    /// <summary>Takes a decision that must succeed, with both persons where it takes two.</summary>
    public async Task TakeAsync(object decision, string id = "DEMO-1")
    {
        using HttpResponseMessage response = await DecideAsync(Ann, decision, id);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        if ((int)response.StatusCode == 202)
        {
            Assert.Equal(200, await ConfirmAsync(Bob, await response.JsonAsync()).StatusAsync());
        }
    }

    public Task<JsonElement> ReadAsync(string id = "DEMO-1", string query = "") => Anybody.GetJsonAsync($"/v1/certificates/{id}{query}");

    public async Task<string> StatusAsync(string id = "DEMO-1") => (await ReadAsync(id)).Text("status");

    public async Task<HttpClient> PersonAsync(string organisation, string person)
    {
        using HttpClient client = Verifier.Operator();
        using HttpResponseMessage response = await client.PostJsonAsync($"/v1/organisations/{organisation}/persons", new { person });
        Assert.True((int)response.StatusCode == 200, await response.Content.ReadAsStringAsync());
        return Verifier.With((await response.JsonAsync()).Text("token"));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (HttpClient client in new[] { Maker, Body, Ann, Bob, Anybody })
        {
            client.Dispose();
        }

        await Verifier.DisposeAsync();
        _makerKey.Dispose();
        _bodyKey.Dispose();
    }

    private async Task RegisterAsync(string[] schemes)
    {
        Maker = await Verifier.OrganisationAsync("acme", "manufacturer", _makerKey.ExportSubjectPublicKeyInfoPem());
        using HttpClient client = Verifier.Operator();
        using HttpResponseMessage response = await client.PostJsonAsync("/v1/organisations", new { name = "demo-cb", roles = new[] { "body" }, schemes, keys = new[] { _bodyKey.ExportSubjectPublicKeyInfoPem() } });
        Body = Verifier.With((await response.JsonAsync()).Text("token"));
        Ann = await PersonAsync("demo-cb", "ann");
        Bob = await PersonAsync("demo-cb", "bob");
        Anybody = Verifier.Anybody();
    }
}
