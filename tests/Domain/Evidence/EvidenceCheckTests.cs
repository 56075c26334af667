using IotAttest.Domain.Cose;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.Freshness;
using IotAttest.Protocol;

namespace IotAttest.Domain.Tests.Evidence;

public sealed class EvidenceCheckTests
{
    public static TheoryData<string, string, string> Vectors => EvidenceVectors.All();

    public static TheoryData<string, string> Unauthentic => EvidenceVectors.Group("unauthentic");

    public static TheoryData<string, string> Misidentified => EvidenceVectors.Group("misidentified");

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Every_vector_is_taken_or_refused_as_it_is_marked(string name, string key, string expected)
    {
        byte[] bytes = EvidenceVectors.Bytes(name);

        DecodeStatus status = Decode(bytes, out EvidenceEnvelope? envelope, out DecodedClaims? claims);

        Assert.Equal(expected == "accept" ? "Ok" : expected, status.ToString());
        if (expected == "accept")
        {
            Assert.Null(Verify(key, envelope!, claims!, out _));
        }
        else
        {
            Refusal refusal = EvidenceCheck.Decode(bytes, out _, out _)!;
            Assert.Equal(status == DecodeStatus.TooLarge ? RefusalCode.TooLarge : RefusalCode.Malformed, refusal.Code);
        }
    }

    [Theory]
    [MemberData(nameof(Unauthentic))]
    public void A_tag_or_signature_that_does_not_hold_is_refused(string name, string key)
    {
        Assert.Equal(DecodeStatus.Ok, Decode(EvidenceVectors.Bytes(name), out EvidenceEnvelope? envelope, out DecodedClaims? claims));

        Refusal? refusal = Verify(key, envelope!, claims!, out VerifiedEvidence? evidence);

        // A MAC from a board that was enrolled with a P-256 key is refused before anything is computed with the key.
        bool isOtherKind = envelope!.IsMac != (key == "hmac");
        Assert.Equal(isOtherKind ? RefusalCode.IdentityMismatch : RefusalCode.BadSignature, refusal?.Code);
        Assert.Null(evidence);
    }

    [Theory]
    [MemberData(nameof(Misidentified))]
    public void Evidence_that_names_another_board_is_refused(string name, string key)
    {
        Assert.Equal(DecodeStatus.Ok, Decode(EvidenceVectors.Bytes(name), out EvidenceEnvelope? envelope, out DecodedClaims? claims));

        Refusal? refusal = Verify(key, envelope!, claims!, out _);

        Assert.Equal(RefusalCode.IdentityMismatch, refusal?.Code);
    }

    [Fact]
    public void A_public_key_never_serves_as_an_HMAC_key()
    {
        Decode(EvidenceVectors.Bytes(AcceptedOf("hmac")), out EvidenceEnvelope? envelope, out DecodedClaims? claims);
        DeviceIdentity signs = EvidenceVectors.Device("hmac", Owner(claims!)) with { KeyKind = DeviceKeyKind.P256 };

        Refusal? refusal = EvidenceCheck.Verify(envelope!, claims!, signs, EvidenceVectors.Key("hmac"), Fresh, out VerifiedEvidence? evidence);

        Assert.Equal(RefusalCode.IdentityMismatch, refusal?.Code);
        Assert.Null(evidence);
    }

    [Theory]
    [InlineData("hmac")]
    [InlineData("p256")]
    public void Every_truncation_is_refused(string key)
    {
        byte[] whole = EvidenceVectors.Bytes(AcceptedOf(key));

        for (int length = 0; length < whole.Length; length++)
        {
            Refusal? refusal = EvidenceCheck.Decode(whole.AsMemory(0, length), out _, out _);
            Assert.Equal(RefusalCode.Malformed, refusal?.Code);
        }
    }

    [Theory]
    [InlineData("hmac")]
    [InlineData("p256")]
    public void Every_flipped_bit_is_refused_by_decoding_or_by_authentication(string key)
    {
        byte[] whole = EvidenceVectors.Bytes(AcceptedOf(key));

        for (int bit = 0; bit < whole.Length * 8; bit++)
        {
            byte[] flipped = [.. whole];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            bool isTaken = Decode(flipped, out EvidenceEnvelope? envelope, out DecodedClaims? claims) == DecodeStatus.Ok
                && Verify(key, envelope!, claims!, out _) is null;
            Assert.False(isTaken && envelope!.Kid.Value == EvidenceVectors.Device(key, Owner(claims!)).Kid, $"bit {bit} may change unnoticed");
        }
    }

    [Fact]
    public void A_stale_nonce_is_refused_before_the_signature_is_checked()
    {
        Decode(EvidenceVectors.Bytes(AcceptedOf("p256")), out EvidenceEnvelope? envelope, out DecodedClaims? claims);
        Refusal stale = new(RefusalCode.NonceNotFresh, "old", "new", "again");
        CountingKey key = new();

        Refusal? refusal = EvidenceCheck.Verify(envelope!, claims!, EvidenceVectors.Device("p256", Owner(claims!)), key, Stale, out _);

        Assert.Same(stale, refusal);
        Assert.Equal(0, key.Verifications);

        Refusal? Stale(DecodedClaims decoded, DeviceIdentity device, out FreshnessStamp stamp)
        {
            stamp = default;
            return stale;
        }
    }

    [Fact]
    public void Another_class_or_maker_is_accepted_and_marked_as_a_mismatch()
    {
        string name = AcceptedOf("p256");
        Decode(EvidenceVectors.Bytes(name), out EvidenceEnvelope? envelope, out DecodedClaims? claims);
        DeviceIdentity enrolled = EvidenceVectors.Device("p256", Owner(claims!));

        Assert.False(Mismatch(enrolled));
        Assert.True(Mismatch(enrolled with { ClassId = Guid.NewGuid() }));
        Assert.True(Mismatch(enrolled with { OemId = OemId.OfNumber(1) }));
        Assert.True(Mismatch(enrolled with { Strength = EvidenceStrength.SelfReported }));

        bool Mismatch(DeviceIdentity device)
        {
            Assert.Null(EvidenceCheck.Verify(envelope!, claims!, device, EvidenceVectors.Key("p256"), Fresh, out VerifiedEvidence? evidence));
            return evidence!.HasClaimMismatch;
        }
    }

    private static string AcceptedOf(string key) => Vectors.Select(row => (object[])[.. row])
        .First(row => (string)row[1] == key && (string)row[2] == "accept" && ((string)row[0]).Contains("four", StringComparison.Ordinal))[0].ToString()!;

    private static DecodeStatus Decode(byte[] bytes, out EvidenceEnvelope? envelope, out DecodedClaims? claims)
    {
        claims = null;
        return EvidenceEnvelope.TryDecode(bytes, out envelope, out DecodeStatus status) && EvidenceDecoder.TryDecode(envelope.Payload, out claims, out status)
            ? DecodeStatus.Ok
            : status;
    }

    private static Refusal? Verify(string key, EvidenceEnvelope envelope, DecodedClaims claims, out VerifiedEvidence? evidence) =>
        EvidenceCheck.Verify(envelope, claims, EvidenceVectors.Device(key, Owner(claims)), EvidenceVectors.Key(key), Fresh, out evidence);

    private static EvidenceVectors.DecodedOwner Owner(DecodedClaims claims) => new(claims.OemId, claims.ClassId, EvidenceStrength.Native);

    private static Refusal? Fresh(DecodedClaims claims, DeviceIdentity device, out FreshnessStamp stamp)
    {
        stamp = default;
        return null;
    }

    private sealed class CountingKey : IDeviceKey
    {
        public int Verifications { get; private set; }

        public DeviceKeyKind Kind => DeviceKeyKind.P256;

        public bool Verify(EvidenceEnvelope envelope)
        {
            Verifications++;
            return true;
        }
    }
}
