using System.Security.Cryptography;
using IotAttest.Domain.Cose;
using IotAttest.Protocol;

namespace IotAttest.Domain.Tests.Cose;

public sealed class CoseMessageTests
{
    private static readonly CoseLimits Strict = CoseLimits.Tolerant with { StrictDeterministic = true };

    [Theory]
    [InlineData("d28443a10126a0410041ff", DecodeStatus.Ok)]
    [InlineData("d18443a10105a0410041ff", DecodeStatus.Ok)]
    [InlineData("8443a10126a0410041ff", DecodeStatus.WrongTag)]
    [InlineData("d83dd28443a10126a0410041ff", DecodeStatus.WrongTag)] // 61, CWT
    [InlineData("d08343a10126a04100", DecodeStatus.WrongTag)] // 16, Encrypt0
    [InlineData("d2d28443a10126a0410041ff", DecodeStatus.WrongType)]
    [InlineData("d28343a10126a04100", DecodeStatus.OutOfRange)]
    [InlineData("d28543a10126a0410041ff00", DecodeStatus.OutOfRange)]
    [InlineData("d28443a10126a0410041ff00", DecodeStatus.TrailingBytes)]
    [InlineData("d28443a10126a0f641ff", DecodeStatus.Ok)] // detached
    [InlineData("d28443a10126a0410040", DecodeStatus.OutOfRange)]
    [InlineData("d284a10126a0410041ff", DecodeStatus.WrongType)]
    [InlineData("d28443a10126a10126410041ff", DecodeStatus.Duplicate)] // alg in both maps
    [InlineData("d28445a201260126a0410041ff", DecodeStatus.Duplicate)]
    [InlineData("d28444a1012600a0410041ff", DecodeStatus.TrailingBytes)]
    [InlineData("d28442a101a0410041ff", DecodeStatus.Truncated)]
    [InlineData("d284418 0a0410041ff", DecodeStatus.WrongType)]
    [InlineData("d28446a20126028104a0410041ff", DecodeStatus.CriticalHeader)] // crit names kid, which is not there
    [InlineData("d28449a301260281040441aaa0410041ff", DecodeStatus.Ok)]
    [InlineData("d2844aa3012602811820f6182000a0410041ff", DecodeStatus.WrongType)]
    [InlineData("d2844aa3012602811820182000a0410041ff", DecodeStatus.CriticalHeader)] // 32 is present and not understood
    [InlineData("d28446a201260280a0410041ff", DecodeStatus.OutOfRange)]
    [InlineData("d28443a10126a1028101410041ff", DecodeStatus.CriticalHeader)]
    [InlineData("d28443a10126a141000041ff41ff", DecodeStatus.WrongType)] // a label of bytes
    public void Structure_and_headers_are_checked(string hex, DecodeStatus expected)
    {
        bool decoded = CoseMessage.TryDecode(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)), CoseLimits.Tolerant, out CoseMessage? message, out DecodeStatus status);

        Assert.Equal(expected, status);
        Assert.Equal(expected == DecodeStatus.Ok, decoded);
        Assert.Equal(decoded, message is not null);
    }

    [Fact]
    public void Headers_of_a_signed_manifest_are_read()
    {
        byte[] map = Convert.FromHexString("a50126036474 65787404420102084180 0fa40162616202626364041a65000000051a64000000".Replace(" ", "", StringComparison.Ordinal));
        byte[] message = Make(map);

        Assert.True(CoseMessage.TryDecode(message, Strict, out CoseMessage? decoded, out _));

        Assert.Equal(CoseAlgorithm.Es256, decoded.Headers.Algorithm);
        Assert.Equal("text", decoded.Headers.ContentType);
        Assert.Equal("0102", Convert.ToHexString(decoded.Headers.Kid.Span));
        Assert.Equal("80", Convert.ToHexString(decoded.Headers.CorimMeta.Span));
        Assert.Equal(new CwtClaims("ab", "cd", 0x65000000, 0x64000000), decoded.Headers.CwtClaims);
        Assert.Equal((5, 0), (decoded.Headers.ProtectedCount, decoded.Headers.UnprotectedCount));
    }

    [Fact]
    public void Order_of_header_labels_matters_only_in_strict_mode()
    {
        byte[] message = Make(Convert.FromHexString("a204410101 26".Replace(" ", "", StringComparison.Ordinal)));

        Assert.True(CoseMessage.TryDecode(message, CoseLimits.Tolerant, out _, out _));
        Assert.False(CoseMessage.TryDecode(message, Strict, out _, out DecodeStatus status));
        Assert.Equal(DecodeStatus.NotDeterministic, status);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(100, true)]
    [InlineData(5000, true)] // beyond the stack buffer
    [InlineData(70000, true)]
    public void What_is_signed_verifies_with_its_key_and_no_other(int payloadBytes, bool expected)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using ECDsa p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using ECDsa secp256k1 = ECDsa.Create(ECCurve.CreateFromFriendlyName("secp256k1"));
        byte[] signed = CoseSigner.Sign1(Convert.FromHexString("a10126"), new byte[payloadBytes], key);

        Assert.True(CoseMessage.TryDecode(signed, Strict, out CoseMessage? message, out _));

        Assert.Equal(expected, message.Verify(key));
        Assert.False(message.Verify(key, [1]));
        Assert.False(message.Verify(other));
        Assert.False(message.Verify(p384));
        Assert.False(message.Verify(secp256k1));
        Assert.False(message.VerifyMac(new byte[32]));
    }

    [Theory]
    [InlineData("a10126", true)]
    [InlineData("a10128", true)] // ESP256
    [InlineData("a1013822", false)] // ES384
    [InlineData("a10105", false)] // HMAC in a Sign1
    [InlineData("a0", false)]
    [InlineData("a1016545533235 36", false)] // text
    public void Only_the_two_ECDSA_algorithms_verify_a_Sign1(string protectedHex, bool expected)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] signed = CoseSigner.Sign1(Convert.FromHexString(protectedHex.Replace(" ", "", StringComparison.Ordinal)), new byte[4], key);

        Assert.True(CoseMessage.TryDecode(signed, Strict, out CoseMessage? message, out _));

        Assert.Equal(expected, message.Verify(key));
    }

    [Fact]
    public void A_detached_payload_is_not_an_empty_one()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] signed = CoseSigner.Sign1(Convert.FromHexString("a10126"), Array.Empty<byte>(), key);
        byte[] detached = [.. signed];
        detached[signed.Length - 67] = 0xf6;

        Assert.True(CoseMessage.TryDecode(signed, Strict, out CoseMessage? empty, out _));
        Assert.True(CoseMessage.TryDecode(detached, Strict, out CoseMessage? message, out _));

        Assert.True(!empty.IsDetached && empty.Verify(key));
        Assert.True(message.IsDetached);
        Assert.False(message.Verify(key));
    }

    [Fact]
    public void A_public_key_is_never_taken_as_an_HMAC_key()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] spki = key.ExportSubjectPublicKeyInfo();
        byte[] protectedMap = Convert.FromHexString("a10126");
        byte[] forged = [0xd1, 0x84, 0x43, .. protectedMap, 0xa0, 0x41, 0x00, 0x58, 0x20, .. HMACSHA256.HashData(spki, Convert.FromHexString("84644d41433043a10126404100"))];

        Assert.True(CoseMessage.TryDecode(forged, Strict, out CoseMessage? message, out _));

        Assert.False(message.VerifyMac(spki));
        Assert.False(message.Verify(key));
    }

    private static byte[] Make(byte[] protectedMap) => [0xd2, 0x84, .. BytesHead(protectedMap.Length), .. protectedMap, 0xa0, 0x41, 0, 0x41, 0xff];

    private static byte[] BytesHead(int length) => length < 24 ? [(byte)(0x40 | length)] : [0x58, (byte)length];
}
