using System.Security.Cryptography;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.Freshness;
using IotAttest.Support;

namespace IotAttest.Interop.Tests.Esp32;

/// <summary>From the factory to the verifier: what the port measures and says is what the board description and the factory promised.</summary>
[Collection(Esp32Tests.Name)]
public sealed class Esp32EvidenceTests(Esp32Build build)
{
    private readonly FakeClock _clock = new();
    private readonly ChallengeKey _challenges = new(1, RandomNumberGenerator.GetBytes(ChallengeKey.SecretBytes));

    [RequiresNativeBuildTheory]
    [InlineData("esp32", "ESP32_REV3")]
    [InlineData("esp32", "ESP32_PSRAM_REV3")]
    [InlineData("esp32c3", "ESP32_C3")]
    [InlineData("esp32c5", "ESP32_C5_THREAD")]
    [InlineData("esp32c61", "ESP32_C61")]
    public void Regions_are_the_measured_ones_of_the_board_description(string program, string boardName)
    {
        using Esp32Board board = Esp32Kind.Of(program).New(boardName);
        board.Run(build.Program(program));

        string[] regions = board.Ask("regions").Split(',');

        // "NUMBER LENGTH ENCRYPTED ADDRESS"; numbers of core/ops.h.
        string[] names = ["bootloader", "partitions", "clr", "deployment"];
        Assert.Equal(board.Map.Measured.Select(region => $"{Array.IndexOf(names, region.Name)} {region.Length}"),
            regions.Select(region => string.Join(' ', region.Split(' ')[..2])));
    }

    [RequiresNativeBuildTheory]
    [InlineData("esp32")]
    [InlineData("esp32c3")]
    [InlineData("esp32c5")]
    [InlineData("esp32c61")]
    public void Evidence_of_a_provisioned_board_is_accepted_and_digests_what_lies_at_the_offsets_of_the_board_description(string program)
    {
        Esp32Kind kind = Esp32Kind.Of(program);
        using Esp32Board board = Esp32Sample.Booted(build, kind);
        byte[] flash = Esp32Sample.Flash(board.Map);
        board.Set("uptime 17");

        DecodedEvidence decoded = DecodedEvidence.Of(board.Attest(_challenges.Mint(SampleBoard.UeidBytes, _clock.GetUtcNow())));
        VerifiedEvidence evidence = Accept(decoded, kind);

        Assert.False(evidence.HasClaimMismatch);
        foreach (Esp32Map.Region region in board.Map.Measured)
        {
            Assert.Equal(SHA256.HashData(flash.AsSpan(region.Offset, region.Length)), decoded.DigestOf(region.Name));
        }

        DecodedClaims claims = decoded.Claims;
        Assert.Equal(1UL, claims.Counters.BootCount);
        Assert.Equal((Esp32Sample.HardwareVersion, "acme-sensor", "1.2.0"), (claims.HardwareVersion, claims.SoftwareName, claims.SoftwareVersion));
        Assert.Equal(new BootFacts(false, 0), claims.BootFacts);
    }

    [RequiresNativeBuildFact]
    public void A_signature_is_never_the_same_twice_and_verifies_each_time()
    {
        using Esp32Board board = Esp32Sample.Booted(build, Esp32Kind.EcdsaFuse);

        byte[][] signatures = [.. Enumerable.Range(0, 8).Select(_ => Convert.FromHexString(board.Ask("sign es256 0102030405")))];

        byte[] message = [1, 2, 3, 4, 5];
        using ECDsa key = Signer();
        Assert.All(signatures, signature => Assert.True(key.VerifyData(message, signature, HashAlgorithmName.SHA256)));
        Assert.Equal(signatures.Length, signatures.Select(Convert.ToHexString).Distinct().Count());
    }

    private VerifiedEvidence Accept(DecodedEvidence decoded, Esp32Kind kind)
    {
        using ECDsa signer = Signer();
        bool isHmac = kind.Algorithm == Esp32Kind.Hmac;
        Kid kid = isHmac ? Kid.OfUeid(SampleBoard.UeidBytes) : Kid.OfKey(signer);
        using P256DeviceKey publicKey = new(ECDsa.Create(signer.ExportParameters(false)));
        IDeviceKey key = isHmac ? new HmacDeviceKey(Esp32Sample.Key) : publicKey;
        DeviceIdentity device = SampleBoard.Enrolled(isHmac ? DeviceKeyKind.Hmac : DeviceKeyKind.P256, kid.Value);

        Refusal? refusal = EvidenceCheck.Verify(decoded.Envelope, decoded.Claims, device, key, IsFresh, out VerifiedEvidence? evidence);

        Assert.True(refusal is null, refusal?.ToString());
        return evidence!;
    }

    // The sample key, read as the private number of a P-256 key.
    private static ECDsa Signer() => ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = Esp32Sample.Key });

    private Refusal? IsFresh(DecodedClaims claims, DeviceIdentity device, out FreshnessStamp stamp) =>
        ChallengeCheck.Check([_challenges], claims.Nonce.Span, claims.Ueid.Span, _clock.GetUtcNow(), out stamp);
}
