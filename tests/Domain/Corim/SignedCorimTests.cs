using System.Security.Cryptography;
using IotAttest.Domain.Cbor;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Cose;
using IotAttest.Protocol;
using static IotAttest.Domain.Tests.Corim.CorimSamples;
using CborWriter = System.Formats.Cbor.CborWriter;

namespace IotAttest.Domain.Tests.Corim;

/// <summary>Signed files whose header another tool could have written.</summary>
public sealed class SignedCorimTests
{
    private static readonly byte[] Signer = [0xa1, 0x00, 0xa1, 0x00, 0x64, (byte)'a', (byte)'c', (byte)'m', (byte)'e'];

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Either_iss_or_the_signer_name_gives_the_issuer(bool withClaims, bool withMeta)
    {
        Assert.Null(TryDecode(new Header { Claims = withClaims, Meta = withMeta ? Signer : null }, out SignedCorim? signed));

        Assert.Equal("acme", signed!.Issuer);
    }

    [Fact]
    public void Corim_meta_in_any_order_with_validity_and_uri_is_read()
    {
        byte[] meta = Convert.FromHexString("a201a101c11a6553f10000a201d82063783a7900" + "6461636d65");

        Assert.Null(TryDecode(new Header { Claims = false, Meta = meta }, out SignedCorim? signed));
        Assert.Equal("acme", signed!.Issuer);
    }

    [Fact]
    public void Headers_that_name_no_signer_or_no_manifest_are_refused()
    {
        AssertRefused(new Header { Claims = false }, DecodeStatus.Missing, "cose/protected");
        AssertRefused(new Header { Meta = [0xa0] }, DecodeStatus.Missing, "cose/protected/8");
        AssertRefused(new Header { Meta = [0xa1, 0x00, 0x01] }, DecodeStatus.WrongType, "cose/protected/8");
        AssertRefused(new Header { KidBytes = 7 }, DecodeStatus.OutOfRange, "cose/protected/4");
        AssertRefused(new Header { ContentType = "application/cbor" }, DecodeStatus.OutOfRange, "cose/protected/3");
        AssertRefused(new Header { Algorithm = -35 }, DecodeStatus.UnsupportedAlgorithm, "cose/protected/1");
        AssertRefused(new Header { Algorithm = 5 }, DecodeStatus.UnsupportedAlgorithm, "cose/protected/1");
    }

    [Fact]
    public void A_MAC_and_a_detached_payload_are_refused()
    {
        using ECDsa key = NewKey();
        byte[] file = CoseSigner.Sign1(new Header().Encode(), new byte[] { 0 }, key);
        int payload = file.Length - 66 - 2;
        byte[] mac = [0xd1, .. file[1..]];
        byte[] detached = [.. file[..payload], 0xf6, .. file[(payload + 2)..]];

        Assert.False(SignedCorim.TryDecode(mac, out _, out CorimError? error));
        Assert.Equal((DecodeStatus.WrongTag, "cose"), (error.Status, error.Path));
        Assert.False(SignedCorim.TryDecode(detached, out _, out error));
        Assert.Equal((DecodeStatus.Missing, "cose/payload"), (error.Status, error.Path));
    }

    private static void AssertRefused(Header header, DecodeStatus expected, string path)
    {
        CorimError? error = TryDecode(header, out _);

        Assert.True((error?.Status, error?.Path) == (expected, path), error?.ToString());
    }

    private static CorimError? TryDecode(Header header, out SignedCorim? signed)
    {
        using ECDsa key = NewKey();
        SignedCorim.TryDecode(CoseSigner.Sign1(header.Encode(), BuildManifestWriter.EncodeBody(Manifest), key), out signed, out CorimError? error);
        return error;
    }

    private sealed record Header
    {
        internal int Algorithm { get; init; } = -7;

        internal string ContentType { get; init; } = CorimProfile.ContentType;

        internal int KidBytes { get; init; } = 8;

        internal byte[]? Meta { get; init; }

        internal bool Claims { get; init; } = true;

        internal byte[] Encode() => DeterministicCbor.Encode(Write);

        private void Write(CborWriter writer)
        {
            writer.WriteStartMap(3 + (Meta is null ? 0 : 1) + (Claims ? 1 : 0));
            writer.WriteInt32(1);
            writer.WriteInt32(Algorithm);
            writer.WriteInt32(3);
            writer.WriteTextString(ContentType);
            writer.WriteInt32(4);
            writer.WriteByteString(new byte[KidBytes]);
            if (Meta is not null)
            {
                writer.WriteInt32(8);
                writer.WriteByteString(Meta);
            }

            if (Claims)
            {
                writer.WriteInt32(15);
                writer.WriteStartMap(1);
                writer.WriteInt32(1);
                writer.WriteTextString("acme");
                writer.WriteEndMap();
            }

            writer.WriteEndMap();
        }
    }
}
