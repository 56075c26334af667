using System.Security.Cryptography;
using IotAttest.Domain.Cose;
using IotAttest.Protocol;

namespace IotAttest.Domain.Tests.Cose;

public sealed class EvidenceEnvelopeTests
{
    private const string Mac0 = "d18451a30105044801020304050607081019010 7a0430102035820";
    private static readonly byte[] HmacKey = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Fact]
    public void A_Mac0_in_the_form_of_the_profile_decodes_and_verifies()
    {
        Assert.True(EvidenceEnvelope.TryDecode(MakeMac0(), out EvidenceEnvelope? envelope, out DecodeStatus status));

        Assert.Equal(DecodeStatus.Ok, status);
        Assert.True(envelope.IsMac);
        Assert.Equal(new Kid(0x0102030405060708), envelope.Kid);
        Assert.Equal("010203", Convert.ToHexString(envelope.Payload.Span));
        Assert.Equal(17, envelope.ProtectedBytes.Length);
        Assert.True(envelope.VerifyMac(HmacKey));
        Assert.False(envelope.VerifyMac(HmacKey.AsSpan(1)));
    }

    [Theory]
    [InlineData("26", CoseAlgorithm.Es256)]
    [InlineData("28", CoseAlgorithm.Esp256)]
    public void A_Sign1_decodes_and_verifies(string algorithm, CoseAlgorithm expected)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] signed = CoseSigner.Sign1(Hex($"a301{algorithm}04480102030405060708 10190107"), new byte[] { 1 }, key);

        Assert.True(EvidenceEnvelope.TryDecode(signed, out EvidenceEnvelope? envelope, out _));

        Assert.Equal(expected, envelope.Algorithm);
        Assert.True(envelope.Verify(key));
        Assert.False(envelope.VerifyMac(HmacKey));
    }

    [Theory]
    [InlineData("d28451a301050448010203040506070810190107a0", DecodeStatus.UnsupportedAlgorithm)] // HMAC in a Sign1
    [InlineData("d18451a301260448010203040506070810190107a0", DecodeStatus.UnsupportedAlgorithm)]
    [InlineData("d18451a301040448010203040506070810190107a0", DecodeStatus.UnsupportedAlgorithm)] // 64-bit tags
    [InlineData("d18450a3010504470102030405060710190107a0", DecodeStatus.OutOfRange)] // kid of 7
    [InlineData("d18452a3010504490102030405060708 0910190107a0", DecodeStatus.OutOfRange)]
    [InlineData("d18451a301050448010203040506070810190106a0", DecodeStatus.OutOfRange)] // typ 262
    [InlineData("d1844da2010504480102030405060708a0", DecodeStatus.Missing)]
    [InlineData("d18447a2010510190107a0", DecodeStatus.Missing)]
    [InlineData("d1844fa204480102030405060708 10190107a0", DecodeStatus.Missing)]
    [InlineData("d18441a0a0", DecodeStatus.Missing)]
    [InlineData("d18440a0", DecodeStatus.OutOfRange)]
    [InlineData("d18453a40105030004480102030405060708 10190107a0", DecodeStatus.NotAllowed)]
    [InlineData("d18453a40105044801020304050607081019010711 00a0", DecodeStatus.NotAllowed)]
    [InlineData("d18453a4010504480102030405060708101901072000a0", DecodeStatus.NotAllowed)]
    [InlineData("d18451a304480102030405060708010510190107a0", DecodeStatus.Missing)] // out of order
    [InlineData("d1845811a301050448010203040506070810190107a0", DecodeStatus.NotDeterministic)]
    [InlineData("d18451a301050448010203040506070810190107a10400", DecodeStatus.NotAllowed)] // unprotected kid
    [InlineData("d83dd18451a301050448010203040506070810190107a0", DecodeStatus.WrongTag)]
    [InlineData("8451a301050448010203040506070810190107a0", DecodeStatus.WrongTag)]
    public void Any_other_form_is_refused_by_name(string head, DecodeStatus expected)
    {
        byte[] message = [.. Hex(head), .. Hex("43010203"), .. Tag(head.StartsWith("d2", StringComparison.Ordinal) ? 64 : 32)];

        Assert.False(EvidenceEnvelope.TryDecode(message, out EvidenceEnvelope? envelope, out DecodeStatus status));

        Assert.Equal(expected, status);
        Assert.Null(envelope);
    }

    [Theory]
    [InlineData(31, DecodeStatus.OutOfRange)]
    [InlineData(32, DecodeStatus.Ok)]
    [InlineData(33, DecodeStatus.OutOfRange)]
    public void The_tag_is_32_bytes(int length, DecodeStatus expected)
    {
        byte[] message = [.. Hex(Mac0)[..^2], .. Tag(length)];
        EvidenceEnvelope.TryDecode(message, out _, out DecodeStatus status);

        Assert.Equal(expected, status);
    }

    [Theory]
    [InlineData(2048, DecodeStatus.Ok)]
    [InlineData(2049, DecodeStatus.TooLarge)]
    public void Evidence_is_at_most_2048_bytes(int length, DecodeStatus expected)
    {
        byte[] head = Hex("d18451a301050448010203040506070810190107a0");
        int payload = length - head.Length - 3 - 34;
        byte[] message = [.. head, 0x59, (byte)(payload >> 8), (byte)payload, .. new byte[payload], .. Tag(32)];
        EvidenceEnvelope.TryDecode(message, out _, out DecodeStatus status);

        Assert.Equal(length, message.Length);
        Assert.Equal(expected, status);
    }

    [Fact]
    public void Every_truncation_and_one_byte_more_is_refused()
    {
        byte[] whole = MakeMac0();
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.False(EvidenceEnvelope.TryDecode(whole.AsMemory(0, length), out _, out DecodeStatus status));
            Assert.True(status is DecodeStatus.Truncated or DecodeStatus.WrongTag, $"{length}: {status}");
        }

        Assert.False(EvidenceEnvelope.TryDecode((byte[])[.. whole, 0], out _, out DecodeStatus trailing));
        Assert.Equal(DecodeStatus.TrailingBytes, trailing);
    }

    [Fact]
    public void Every_changed_bit_is_refused_or_does_not_verify()
    {
        byte[] whole = MakeMac0();
        for (int bit = 0; bit < whole.Length * 8; bit++)
        {
            byte[] changed = [.. whole];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.False(EvidenceEnvelope.TryDecode(changed, out EvidenceEnvelope? envelope, out _) && envelope.VerifyMac(HmacKey));
        }
    }

    [Fact]
    public void Decoding_and_verifying_a_MAC_allocates_little()
    {
        byte[] whole = MakeMac0();
        for (int warm = 0; warm < 100; warm++)
        {
            DecodeAndVerify(whole);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        DecodeAndVerify(whole);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }

    private static void DecodeAndVerify(byte[] message) =>
        Assert.True(EvidenceEnvelope.TryDecode(message, out EvidenceEnvelope? envelope, out _) && envelope.VerifyMac(HmacKey));

    private static byte[] MakeMac0()
    {
        byte[] message = [.. Hex(Mac0), .. new byte[32]];
        byte[] structure = Hex("84644d41433051a301050448010203040506070810190107 4043010203");
        HMACSHA256.HashData(HmacKey, structure, message.AsSpan(message.Length - 32));
        return message;
    }

    private static byte[] Tag(int length) => length < 24 ? [(byte)(0x40 | length), .. new byte[length]] : [0x58, (byte)length, .. new byte[length]];

    private static byte[] Hex(string spaced) => Convert.FromHexString(spaced.Replace(" ", "", StringComparison.Ordinal));
}
