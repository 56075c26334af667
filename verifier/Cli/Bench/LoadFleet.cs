using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Devices;
using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Cli.Bench;

/// <summary>An organisation, a certified build and boards that run it, put into a running verifier over HTTP.</summary>
internal sealed class LoadFleet : IDisposable
{
    private const long OemId = 32473;
    private const string Manufacturer = "bench-maker";
    private const string Body = "bench-body";
    private const int PerRequest = 10_000;

    private readonly Guid _classId = Guid.NewGuid();

    /// <summary>The boards that send.</summary>
    public required IReadOnlyList<EvidenceMaker> Boards { get; init; }

    /// <summary>Registers everything; each call makes a class and boards of its own.</summary>
    public static async Task<LoadFleet> EnrolAsync(HttpClient verifier, DeviceKeyKind kind, int count)
    {
        LoadFleet fleet = new() { Boards = [] };
        await fleet.CertifyAsync(verifier);
        EvidenceMaker[] boards = [.. Enumerable.Range(0, count).Select(_ => new EvidenceMaker(kind, fleet._classId, OemId, BenchFirmware.Components))];
        foreach (EvidenceMaker[] part in boards.Chunk(PerRequest))
        {
            await EnrolAsync(verifier, fleet._classId, part);
        }

        return new LoadFleet { Boards = boards };
    }

    /// <summary>Enrols boards that will never send: they fill the store.</summary>
    public static async Task FillAsync(HttpClient verifier, int count)
    {
        for (int done = 0; done < count; done += PerRequest)
        {
            EvidenceMaker[] boards = [.. Enumerable.Range(0, Math.Min(PerRequest, count - done))
                .Select(_ => new EvidenceMaker(DeviceKeyKind.Hmac, Guid.NewGuid(), OemId, BenchFirmware.Components))];
            await EnrolAsync(verifier, Guid.NewGuid(), boards);
        }
    }

    public void Dispose()
    {
        foreach (EvidenceMaker board in Boards)
        {
            board.Dispose();
        }
    }

    private static async Task EnrolAsync(HttpClient verifier, Guid classId, EvidenceMaker[] boards)
    {
        string lines = string.Join('\n', boards.Select(board => Record(board, classId).ToJsonString()));
        using StringContent content = new(lines, Encoding.UTF8, "application/jsonl");
        using HttpResponseMessage response = await verifier.PostAsync("/v1/devices", content);
        string answer = await response.Content.ReadAsStringAsync();
        int enrolled = answer.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(line => line.Contains("\"status\":201", StringComparison.Ordinal));
        if (enrolled != boards.Length)
        {
            throw new InvalidOperationException($"The verifier enrolled {enrolled} of {boards.Length} boards: {answer[..Math.Min(400, answer.Length)]}");
        }
    }

    private static JsonObject Record(EvidenceMaker board, Guid classId) => new()
    {
        ["ueid"] = board.Ueid,
        ["oemid"] = OemId,
        ["class"] = classId.ToString(),
        ["key"] = Jwk(board),
        ["credential"] = board.Credential,
        ["evidenceStrength"] = "native",
        ["freshness"] = "challenge",
        ["organisation"] = Manufacturer,
    };

    private static JsonObject Jwk(EvidenceMaker board) => board.PublicKey is { } point
        ? new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Base64Url.EncodeToString(point.Q.X), ["y"] = Base64Url.EncodeToString(point.Q.Y) }
        : new JsonObject { ["kty"] = "oct", ["k"] = Base64Url.EncodeToString(board.Secret) };

    private async Task CertifyAsync(HttpClient verifier)
    {
        using ECDsa makerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using ECDsa bodyKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await RegisterAsync(verifier, Manufacturer, "manufacturer", makerKey);
        await RegisterAsync(verifier, Body, "body", bodyKey);
        ComponentDigest[] components = [.. BenchFirmware.Components.Select(component => new ComponentDigest(component.Name, new Sha256Digest(component.Sha256)))];
        byte[] manifest = BuildManifestWriter.Sign(
            BuildManifestWriter.EncodeBody(new BuildManifest(_classId, Manufacturer, "1.0.0", 1, components, [])), Manufacturer, "bench", makerKey);
        await SubmitAsync(verifier, "/v1/builds", manifest);
        CertificateEndorsement endorsement = new(
            $"BENCH-{_classId}", SchemeLevels.OpenScheme, "substantial", Body, Sha256Digest.Of(manifest), _classId, components, DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds()).AddDays(30));
        await SubmitAsync(verifier, "/v1/certificates", CertificateEndorsementWriter.Sign(CertificateEndorsementWriter.EncodeBody(endorsement), Body, "bench", bodyKey));
    }

    internal static async Task RegisterAsync(HttpClient verifier, string name, string role, ECDsa key)
    {
        string pem = key.ExportSubjectPublicKeyInfoPem();
        using HttpResponseMessage response = await verifier.PostAsJsonAsync("/v1/organisations", new { name, roles = new[] { role }, keys = new[] { pem } });
        if (response.StatusCode != System.Net.HttpStatusCode.Conflict)
        {
            response.EnsureSuccessStatusCode();
            return;
        }

        // A second fleet on the same verifier: the organisation stands, this run has a key of its own.
        using HttpResponseMessage added = await verifier.PostAsJsonAsync($"/v1/organisations/{name}/keys", new { key = pem });
        added.EnsureSuccessStatusCode();
    }

    internal static async Task SubmitAsync(HttpClient verifier, string route, byte[] file)
    {
        using ByteArrayContent content = new(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/rim+cose");
        using HttpResponseMessage response = await verifier.PostAsync(route, content);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{route} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        }
    }
}
