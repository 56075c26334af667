using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using IotAttest.Domain.Evidence;
using IotAttest.Protocol;

namespace IotAttest.Service.Tests;

/// <summary>A board that a test steers: key, counters and firmware; evidence from the agent's own encoder.</summary>
internal sealed class TestBoard : IDisposable
{
    public const string EvidenceType = "application/eat+cwt";

    private VerifierUnderTest _verifier;
    private readonly ECDsa? _signer;
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);

    public TestBoard(VerifierUnderTest verifier, bool isEs256 = false)
    {
        _verifier = verifier;
        _signer = isEs256 ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : null;
    }

    public string Ueid { get; init; } = Boards.NewUeid();

    public string Credential { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public long BootCount { get; set; } = 7;

    public byte[] BootSeed { get; set; } = RandomNumberGenerator.GetBytes(16);

    public long Uptime { get; set; } = 100;

    /// <summary>dbgstat; null when the board does not say.</summary>
    public int? DebugStatus { get; set; }

    /// <summary>The 8 bytes of the key id.</summary>
    public byte[] Kid => SHA256.HashData(_signer is null ? Convert.FromHexString(Ueid) : _signer.ExportSubjectPublicKeyInfo())[..8];

    /// <summary>The key of a board that signs.</summary>
    public ECDsa Signer => _signer!;

    public byte[] PublicKey => _signer!.ExportSubjectPublicKeyInfo();

    public JsonObject Record => (_signer is null ? Boards.Hmac(Ueid, _secret) : Boards.P256(Ueid, _signer)).With("credential", Credential);

    /// <summary>Speaks to another verifier from now on.</summary>
    public TestBoard At(VerifierUnderTest verifier)
    {
        _verifier = verifier;
        return this;
    }

    /// <summary>Enrols the board, with one member of the record changed when asked.</summary>
    public async Task<TestBoard> EnrolAsync(string? member = null, string value = "")
    {
        using HttpClient client = _verifier.Operator();
        JsonObject record = member is null ? Record : Record.With(member, value);
        Assert.Equal(201, await client.PostTextAsync("/v1/devices", record.ToJsonString()).StatusAsync());
        return this;
    }

    public async Task<byte[]> ChallengeAsync()
    {
        using HttpClient client = _verifier.Anybody();
        using HttpResponseMessage response = await client.PostJsonAsync("/v1/challenges", new { ueid = Ueid });
        return Base64Url.DecodeFromChars((await response.JsonAsync()).Text("challenge"));
    }

    public byte[] Evidence(byte[] nonce, MeasuredSet? measured = null, string? ueid = null, IEvidenceAuthenticator? authenticator = null)
    {
        EvidenceClaims claims = new()
        {
            Nonce = nonce,
            Ueid = Convert.FromHexString(ueid ?? Ueid),
            OemId = 32473,
            HardwareModel = Guid.Parse(Boards.Class).ToByteArray(bigEndian: true),
            UptimeSeconds = Uptime,
            BootCount = BootCount,
            BootSeed = BootSeed,
            DebugStatus = DebugStatus ?? EvidenceClaims.Unknown,
        };
        foreach (MeasuredComponent component in (measured ?? Firmware.Certified).Components)
        {
            Assert.True(claims.AddComponent(component.Name, component.Sha256.ToArray()));
        }

        EvidenceWriter writer = new();
        Assert.Equal(DecodeStatus.Ok, writer.Write(claims, authenticator ?? Authenticator()));
        return writer.Buffer[..writer.Length];
    }

    public IEvidenceAuthenticator Authenticator(byte[]? kid = null) => _signer is null
        ? TestAuthenticator.Hmac(kid ?? Kid, _secret)
        : TestAuthenticator.Es256(kid ?? Kid, _signer);

    public async Task<HttpResponseMessage> SubmitAsync(byte[] evidence)
    {
        using HttpClient client = _verifier.Anybody();
        return await client.PostBytesAsync("/v1/evidence", evidence, EvidenceType);
    }

    /// <summary>Answers a new challenge and returns the device object.</summary>
    public async Task<JsonElement> AttestAsync(MeasuredSet? measured = null)
    {
        using HttpResponseMessage response = await SubmitAsync(Evidence(await ChallengeAsync(), measured));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.JsonAsync();
    }

    public Task<JsonElement> DeviceAsync() => ReadAsync($"/v1/devices/{Ueid}");

    /// <summary>The history, newest first.</summary>
    public async Task<JsonElement[]> HistoryAsync() => [.. (await ReadAsync($"/v1/devices/{Ueid}/history")).GetProperty("history").EnumerateArray()];

    public void Dispose() => _signer?.Dispose();

    private async Task<JsonElement> ReadAsync(string path)
    {
        using HttpClient client = _verifier.Operator();
        return await client.GetJsonAsync(path);
    }
}
