using System.Security.Cryptography;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.Freshness;
using IotAttest.Protocol;
using IotAttest.Support;

namespace IotAttest.Interop.Tests;

/// <summary>Evidence of the native module at the verifier: decoded, fresh, authentic, of the enrolled class.</summary>
[Collection(NativeTests.Name)]
public sealed class VerifierAcceptanceTests(NativeBuild build)
{
    private readonly FakeClock _clock = new();
    private readonly ChallengeKey _challenges = new(1, RandomNumberGenerator.GetBytes(ChallengeKey.SecretBytes));

    [RequiresNativeBuildFact]
    public void Evidence_under_an_HMAC_key_is_accepted()
    {
        using HostBoard board = SampleBoard.Booted(build.Host);

        VerifiedEvidence evidence = Accept(board, DeviceKeyKind.Hmac, new HmacDeviceKey(SampleBoard.Key), Kid.OfUeid(SampleBoard.UeidBytes));

        Assert.False(evidence.HasClaimMismatch);
    }

    [RequiresNativeBuildFact]
    public void Evidence_under_a_P256_key_is_accepted()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using HostBoard board = SampleBoard.Booted(build.Host);
        board.Set($"key p256 {Convert.ToHexString(key.ExportParameters(true).D!)} {Convert.ToHexString(KeyId.OfPublicKey(key.ExportSubjectPublicKeyInfo()))}");
        using P256DeviceKey deviceKey = new(ECDsa.Create(key.ExportParameters(false)));

        VerifiedEvidence evidence = Accept(board, DeviceKeyKind.P256, deviceKey, Kid.OfKey(key));

        Assert.False(evidence.HasClaimMismatch);
    }

    [RequiresNativeBuildFact]
    public void The_same_evidence_under_another_key_is_refused()
    {
        using HostBoard board = SampleBoard.Booted(build.Host);
        DecodedEvidence decoded = Answer(board);

        Refusal? refusal = Verify(decoded, DeviceKeyKind.Hmac, new HmacDeviceKey(new byte[32]), Kid.OfUeid(SampleBoard.UeidBytes), out VerifiedEvidence? evidence);

        Assert.Equal(RefusalCode.BadSignature, refusal?.Code);
        Assert.Null(evidence);
    }

    [RequiresNativeBuildFact]
    public void Every_claim_is_what_the_port_said()
    {
        using HostBoard board = SampleBoard.Booted(build.Host);
        board.Set($"texts {Hex("rev C")} {Hex("acme-sensor")} {Hex("1.2.0")}");

        DecodedClaims claims = Answer(board).Claims;

        Assert.Equal(SampleBoard.UeidBytes, claims.Ueid.ToArray());
        Assert.Equal(OemId.OfNumber(SampleBoard.OemNumber), claims.OemId);
        Assert.Equal(SampleBoard.ClassId, claims.ClassId);
        Assert.Equal(new BootFacts(true, 2), claims.BootFacts);
        Assert.Equal(42UL, claims.Counters.BootCount);
        Assert.Equal(("rev C", "acme-sensor", "1.2.0"), (claims.HardwareVersion, claims.SoftwareName, claims.SoftwareVersion));

        static string Hex(string text) => Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(text));
    }

    [RequiresNativeBuildFact]
    public void Each_boot_counts_and_has_a_seed_of_its_own()
    {
        using HostBoard board = SampleBoard.Booted(build.Host);
        board.Set("facts - - -");
        board.Set("boot");
        DecodedClaims first = Answer(board).Claims;
        board.Set("boot");
        DecodedClaims second = Answer(board).Claims;

        Assert.Equal(first.Counters.BootCount + 1, second.Counters.BootCount);
        Assert.NotEqual(first.Counters.BootSeed, second.Counters.BootSeed);
        Assert.Equal(BootFacts.Unknown, second.BootFacts);
    }

    private VerifiedEvidence Accept(HostBoard board, DeviceKeyKind kind, IDeviceKey key, Kid kid)
    {
        DecodedEvidence decoded = Answer(board);
        Assert.Equal(kid, decoded.Envelope.Kid);

        Refusal? refusal = Verify(decoded, kind, key, kid, out VerifiedEvidence? evidence);

        Assert.True(refusal is null, refusal?.ToString());
        return evidence!;
    }

    private DecodedEvidence Answer(HostBoard board) => DecodedEvidence.Of(board.Attest(_challenges.Mint(SampleBoard.UeidBytes, _clock.GetUtcNow())));

    private Refusal? Verify(DecodedEvidence decoded, DeviceKeyKind kind, IDeviceKey key, Kid kid, out VerifiedEvidence? evidence) =>
        EvidenceCheck.Verify(decoded.Envelope, decoded.Claims, SampleBoard.Enrolled(kind, kid.Value), key, IsFresh, out evidence);

    private Refusal? IsFresh(DecodedClaims claims, DeviceIdentity device, out FreshnessStamp stamp) =>
        ChallengeCheck.Check([_challenges], claims.Nonce.Span, claims.Ueid.Span, _clock.GetUtcNow(), out stamp);
}
