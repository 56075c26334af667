using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.Freshness;
using IotAttest.Protocol;
using IotAttest.Support;

namespace IotAttest.Interop.Tests.Provisioning;

/// <summary>From the factory's files to evidence that the verifier takes: a line provisions a board, the board attests, its record verifies.</summary>
[Collection(NativeTests.Name)]
public sealed class RoundTripTests(NativeBuild build)
{
    private readonly FakeClock _clock = new();
    private readonly ChallengeKey _challenges = new(1, RandomNumberGenerator.GetBytes(ChallengeKey.SecretBytes));

    [RequiresNativeBuildTheory]
    [InlineData("hmac", "rev C")]
    [InlineData("es256", "")]
    public void A_board_of_the_line_attests_and_its_record_verifies(string keyType, string hardwareVersion)
    {
        using FactoryRun run = new(2, ["--key-type", keyType, .. hardwareVersion.Length == 0 ? (string[])[] : ["--hardware-version", hardwareVersion]]);
        using FactoryBoard factory = new(build.SanitizedProvisioner);
        JsonElement record = run.Records[1];

        string answer = factory.Ask(run.BoardLines[1]);
        using HostBoard board = Attester(factory);
        DecodedEvidence decoded = Answer(board, record);

        Assert.Equal(Expected(record), answer);
        Assert.Equal(hardwareVersion, decoded.Claims.HardwareVersion ?? "");
        Assert.Null(Verify(decoded, record));
        Assert.Equal(RefusalCode.BadSignature, Verify(decoded, run.Records[0], sameBoard: record)?.Code);
    }

    [RequiresNativeBuildFact]
    public void A_random_oemid_comes_through()
    {
        using FactoryBoard factory = new(build.SanitizedProvisioner);
        ProvisioningRequest request = ProvisioningRequest.With(ProvisioningRequest.FormAt, 1);
        byte[] oemId = [.. Enumerable.Range(1, 16).Select(value => (byte)value)];
        oemId.CopyTo(request.Bytes, ProvisioningRequest.OemIdAt);
        Assert.StartsWith("provisioned", factory.Ask(request.Line), StringComparison.Ordinal);

        using HostBoard board = Attester(factory);

        Assert.Equal(OemId.Parse(Convert.ToHexStringLower(oemId)), DecodedEvidence.Of(board.Attest(SampleBoard.Nonce)).Claims.OemId);
    }

    [RequiresNativeBuildFact]
    public void A_key_made_on_the_chip_verifies_with_the_public_half_of_the_answer()
    {
        string[] answers = [.. Enumerable.Range(0, 2).Select(_ => MakeAndAttest())];

        Assert.NotEqual(answers[0], answers[1]);
    }

    private string MakeAndAttest()
    {
        using FactoryBoard factory = new(build.SanitizedProvisioner);
        string answer = factory.Ask(ProvisioningRequest.MadeOnChip().Line);
        string[] words = answer.Split(' ');
        byte[] xy = Convert.FromHexString(words[2]);
        using ECDsa key = EcdsaP256.TryFromCoordinates(xy.AsSpan(0, 32), xy.AsSpan(32))!;
        using P256DeviceKey deviceKey = new(ECDsa.Create(key.ExportParameters(false)));
        using HostBoard board = Attester(factory);
        DecodedEvidence decoded = DecodedEvidence.Of(board.Attest(_challenges.Mint(SampleBoard.UeidBytes, _clock.GetUtcNow())));

        Refusal? refusal = EvidenceCheck.Verify(
            decoded.Envelope, decoded.Claims, SampleBoard.Enrolled(DeviceKeyKind.P256, Kid.OfKey(key).Value), deviceKey, IsFresh, out _);

        Assert.Null(refusal);
        Assert.Equal(Kid.OfKey(key).ToString(), words[1]);
        return answer;
    }

    // The shipped firmware over the chip that the provisioning firmware wrote.
    private HostBoard Attester(FactoryBoard factory)
    {
        HostBoard board = new(build.SanitizedHost, SampleBoard.Flash());
        board.Set($"chip {factory.Chip}");
        foreach ((string name, int offset, int length) in SampleBoard.Regions)
        {
            board.Set($"region {name} {offset} {length} plain");
        }

        board.Set("boot");
        return board;
    }

    private DecodedEvidence Answer(HostBoard board, JsonElement record) =>
        DecodedEvidence.Of(board.Attest(_challenges.Mint(Ueid.FromHex(Text(record, "ueid"))!, _clock.GetUtcNow())));

    /// <summary>Verifies with the key of a record, as the verifier that has enrolled it; the identity is that of <paramref name="sameBoard"/> when given.</summary>
    private Refusal? Verify(DecodedEvidence decoded, JsonElement record, JsonElement? sameBoard = null)
    {
        JsonElement named = sameBoard ?? record;
        JsonElement key = record.GetProperty("key");
        bool isHmac = Text(key, "kty") == "oct";
        DeviceIdentity identity = new(
            Text(named, "ueid"), decoded.Envelope.Kid.Value, isHmac ? DeviceKeyKind.Hmac : DeviceKeyKind.P256, OemId.OfNumber(named.GetProperty("oemid").GetInt64()),
            Guid.Parse(Text(named, "class")), EvidenceStrength.Native, FreshnessMode.Challenge, Text(named, "organisation"));
        using P256DeviceKey? publicKey = isHmac ? null : new P256DeviceKey(PublicKey(key));
        IDeviceKey deviceKey = publicKey ?? (IDeviceKey)new HmacDeviceKey(Decode(key, "k"));
        return EvidenceCheck.Verify(decoded.Envelope, decoded.Claims, identity, deviceKey, IsFresh, out _);
    }

    private static string Expected(JsonElement record)
    {
        JsonElement key = record.GetProperty("key");
        if (Text(key, "kty") == "oct")
        {
            return $"provisioned {Kid.OfUeid(Ueid.FromHex(Text(record, "ueid"))!)}";
        }

        using ECDsa publicKey = PublicKey(key);
        return $"provisioned {Kid.OfKey(publicKey)} {Convert.ToHexStringLower([.. Decode(key, "x"), .. Decode(key, "y")])}";
    }

    private static ECDsa PublicKey(JsonElement key) => EcdsaP256.TryFromCoordinates(Decode(key, "x"), Decode(key, "y"))!;

    private static byte[] Decode(JsonElement key, string name) => Base64Url.DecodeFromChars(Text(key, name));

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private Refusal? IsFresh(DecodedClaims claims, DeviceIdentity device, out FreshnessStamp stamp) =>
        ChallengeCheck.Check([_challenges], claims.Nonce.Span, claims.Ueid.Span, _clock.GetUtcNow(), out stamp);
}
