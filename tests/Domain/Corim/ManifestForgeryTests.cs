using System.Formats.Cbor;
using System.Security.Cryptography;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Cose;
using IotAttest.Protocol;
using static IotAttest.Domain.Tests.Corim.CorimSamples;
using CborWriter = System.Formats.Cbor.CborWriter;

namespace IotAttest.Domain.Tests.Corim;

/// <summary>Bodies that the writer would never give, built by changing the encoded CoMID and signed like any other.</summary>
public sealed class ManifestForgeryTests
{
    private static readonly byte[] Body = BuildManifestWriter.EncodeBody(Manifest);

    [Fact]
    public void Another_profile_is_unknown_and_refuses_everything()
    {
        AssertRefused(Replace(Body, CorimProfile.Oid, [.. CorimProfile.Oid[..19], 0x14]), DecodeStatus.UnknownProfile, "corim/profile");
    }

    [Fact]
    public void A_body_without_profile_is_unknown()
    {
        CborWriter writer = new(CborConformanceMode.Lax);
        writer.WriteTag((CborTag)501);
        writer.WriteStartMap(2);
        writer.WriteInt32(0);
        writer.WriteTextString("x");
        writer.WriteInt32(1);
        writer.WriteStartArray(1);
        writer.WriteTag((CborTag)505);
        writer.WriteByteString([0]);
        writer.WriteEndArray();
        writer.WriteEndMap();

        AssertRefused(writer.Encode(), DecodeStatus.UnknownProfile, "corim/profile");
    }

    [Fact]
    public void Another_tag_than_501_is_refused()
    {
        using ECDsa key = NewKey();
        byte[] body = [.. Body];
        body[2] = 0xf6;

        Assert.False(SignedCorim.TryDecode(BuildManifestWriter.Sign(body, Issuer, "x", key), out _, out CorimError? error));
        Assert.Equal((DecodeStatus.WrongTag, "cose/payload"), (error.Status, error.Path));
    }

    [Fact]
    public void A_component_twice_is_refused() =>
        AssertRefused(Replace(Body, "jbootloader"u8, "jdeployment"u8), DecodeStatus.Duplicate, "triples/reference");

    [Fact]
    public void An_unknown_component_is_refused() =>
        AssertRefused(Replace(Body, "jbootloader"u8, "jbootlpader"u8), DecodeStatus.NotAllowed, "triples/reference");

    [Fact]
    public void A_digest_of_another_algorithm_is_refused() =>
        AssertRefused(Replace(Body, Digests(1), [0x81, 0x82, 0x07, .. Digests(1)[3..]]), DecodeStatus.OutOfRange, "comid/triples/reference/0/digests");

    [Fact]
    public void A_digest_of_31_bytes_is_refused()
    {
        byte[] shorter = Replace(Body, Digests(1), [0x81, 0x82, 0x01, 0x58, 0x1f, .. Digests(1)[5..^1]]);

        AssertRefused(Relength(shorter, -1), DecodeStatus.OutOfRange, "comid/triples/reference/0/digests");
    }

    [Fact]
    public void Another_class_for_the_endorsed_values_is_refused()
    {
        int second = Body.AsSpan().LastIndexOf(ClassId.ToByteArray(bigEndian: true));
        byte[] changed = [.. Body];
        changed[second] ^= 1;

        AssertRefused(changed, DecodeStatus.NotAllowed, "comid/triples/endorsed/environment/class");
    }

    [Fact]
    public void An_unknown_mkey_is_refused() =>
        AssertRefused(Replace(Body, "dsbom"u8, "dsbox"u8), DecodeStatus.NotAllowed, "comid/triples/endorsed/1");

    [Fact]
    public void Another_id_is_refused() =>
        AssertRefused([.. Body[..6], (byte)(Body[6] ^ 1), .. Body[7..]], DecodeStatus.NotAllowed, "corim/id");

    [Fact]
    public void Another_entity_than_the_signer_is_refused() =>
        AssertRefused(Replace(Body, "dacme"u8, "dacmf"u8), DecodeStatus.NotAllowed, "corim/entities/name");

    [Fact]
    public void A_signer_name_that_differs_from_iss_is_refused()
    {
        byte[] header = CorimHeaderOf(signer: "acmf", issuer: "acme");

        Assert.False(TryDecode(header, [], out CorimError? error));
        Assert.Equal((DecodeStatus.NotAllowed, "cose/protected/8/0/0"), (error!.Status, error.Path));
    }

    [Fact]
    public void Headers_beyond_the_five_are_refused_by_the_profile()
    {
        byte[] header = CorimHeaderOf(Issuer, Issuer, expiresAt: 1);
        using ECDsa key = NewKey();

        Assert.True(SignedCorim.TryDecode(CoseSigner.Sign1(header, Body, key), out SignedCorim? signed, out _));
        Assert.False(BuildManifestReader.TryRead(signed, out _, out CorimError? error));
        Assert.Equal((DecodeStatus.NotAllowed, "cose/protected"), (error.Status, error.Path));
    }

    [Fact]
    public void A_header_outside_the_signature_is_refused()
    {
        using ECDsa key = NewKey();
        byte[] file = Signed(Manifest, key);
        int map = file.AsSpan().IndexOf((byte[])[0xa0, 0x59]);

        Assert.False(SignedCorim.TryDecode((byte[])[.. file[..map], 0xa1, 0x18, 0x63, 0, .. file[(map + 1)..]], out _, out CorimError? error));
        Assert.Equal((DecodeStatus.NotAllowed, "cose/unprotected"), (error.Status, error.Path));
    }

    [Fact]
    public void A_certificate_is_not_a_manifest_and_the_other_way_round()
    {
        SignedCorim certificate = SignedBody(CertificateEndorsementWriter.EncodeBody(Certificate with { Issuer = Issuer }));

        Assert.False(BuildManifestReader.TryRead(certificate, out _, out CorimError? asManifest));
        Assert.Equal("comid/triples", asManifest.Path);
        Assert.False(CertificateEndorsementReader.TryRead(SignedBody(Body), out _, out CorimError? asCertificate));
        Assert.Equal("corim/rim-validity", asCertificate.Path);
    }

    [Fact]
    public void Files_over_one_mebibyte_are_too_large()
    {
        Assert.False(SignedCorim.TryDecode(new byte[CorimProfile.MaxFileBytes + 1], out _, out CorimError? error));
        Assert.Equal(DecodeStatus.TooLarge, error.Status);
        Assert.False(CorimStructure.TryRead(new byte[CorimProfile.MaxFileBytes + 1], out _, out error));
        Assert.Equal(DecodeStatus.TooLarge, error.Status);
    }

    private static void AssertRefused(byte[] body, DecodeStatus expected, string path)
    {
        Assert.False(BuildManifestReader.TryRead(SignedBody(body), out BuildManifest? manifest, out CorimError? error));

        Assert.Null(manifest);
        Assert.True((error.Status, error.Path) == (expected, path), error.ToString());
    }

    private static byte[] Digests(byte seed) => [0x81, 0x82, 0x01, 0x58, 0x20, .. Digest(seed).ToBytes()];

    private static byte[] Replace(byte[] body, ReadOnlySpan<byte> old, ReadOnlySpan<byte> replacement)
    {
        int at = body.AsSpan().IndexOf(old);
        Assert.True(at > 0);
        return [.. body[..at], .. replacement, .. body[(at + old.Length)..]];
    }

    // The CoMID stands in a byte string with a two-byte length behind tag 506.
    private static byte[] Relength(byte[] body, int change)
    {
        int at = body.AsSpan().IndexOf((byte[])[0xd9, 0x01, 0xfa, 0x59]) + 4;
        int length = ((body[at] << 8) | body[at + 1]) + change;
        return [.. body[..at], (byte)(length >> 8), (byte)length, .. body[(at + 2)..]];
    }

    private static bool TryDecode(byte[] header, byte[] body, out CorimError? error)
    {
        using ECDsa key = NewKey();
        return SignedCorim.TryDecode(CoseSigner.Sign1(header, body, key), out _, out error);
    }

    private static byte[] CorimHeaderOf(string signer, string issuer, long? expiresAt = null)
    {
        CborWriter writer = new(CborConformanceMode.Strict);
        writer.WriteStartMap(5);
        writer.WriteInt32(1);
        writer.WriteInt32(-7);
        writer.WriteInt32(3);
        writer.WriteTextString(CorimProfile.ContentType);
        writer.WriteInt32(4);
        writer.WriteByteString(new byte[8]);
        writer.WriteInt32(8);
        writer.WriteByteString([0xa1, 0x00, 0xa1, 0x00, (byte)(0x60 | signer.Length), .. System.Text.Encoding.UTF8.GetBytes(signer)]);
        writer.WriteInt32(15);
        writer.WriteStartMap(expiresAt is null ? 1 : 2);
        writer.WriteInt32(1);
        writer.WriteTextString(issuer);
        if (expiresAt is not null)
        {
            writer.WriteInt32(4);
            writer.WriteInt64(expiresAt.Value);
        }

        writer.WriteEndMap();
        writer.WriteEndMap();
        return writer.Encode();
    }
}
