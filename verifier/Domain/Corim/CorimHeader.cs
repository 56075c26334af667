using System.Security.Cryptography;
using IotAttest.Domain.Cbor;
using IotAttest.Domain.Cose;
using IotAttest.Protocol;
using CborWriter = System.Formats.Cbor.CborWriter;

namespace IotAttest.Domain.Corim;

/// <summary>The protected header of a signed CoRIM: exactly 1 alg, 3 content type, 4 kid, 8 corim-meta, 15 CWT claims.</summary>
internal static class CorimHeader
{
    /// <summary>Label 8: bstr .cbor corim-meta-map. Kept beside 15 because other implementations still read it.</summary>
    internal const int CorimMeta = 8;

    internal static byte[] Sign(ReadOnlyMemory<byte> body, string issuer, string subject, ECDsa key)
    {
        if ((CorimRules.CheckText("issuer", issuer) ?? CorimRules.CheckText("subject", subject)) is { } error)
        {
            throw new ArgumentException(error.ToString(), error.Path);
        }

        return CoseSigner.Sign1(Encode(CoseAlgorithm.Es256, Kid.OfKey(key), issuer, subject), body, key);
    }

    internal static byte[] Encode(CoseAlgorithm algorithm, Kid kid, string issuer, string subject)
    {
        byte[] meta = DeterministicCbor.Encode(writer => WriteMeta(writer, issuer));
        return DeterministicCbor.Encode(writer => Write(writer, algorithm, kid, meta, issuer, subject));
    }

    private static void Write(CborWriter writer, CoseAlgorithm algorithm, Kid kid, byte[] meta, string issuer, string subject)
    {
        writer.WriteStartMap(5);
        writer.WriteInt32(CoseLabel.Algorithm);
        writer.WriteInt32((int)algorithm);
        CorimWriter.WriteText(writer, CoseLabel.ContentType, CorimProfile.ContentType);
        writer.WriteInt32(CoseLabel.KeyId);
        writer.WriteByteString(kid.ToBytes());
        writer.WriteInt32(CorimMeta);
        writer.WriteByteString(meta);
        writer.WriteInt32(CoseLabel.CwtClaims);
        writer.WriteStartMap(2);
        CorimWriter.WriteText(writer, 1, issuer);
        CorimWriter.WriteText(writer, 2, subject);
        writer.WriteEndMap();
        writer.WriteEndMap();
    }

    // corim-meta-map: {0: signer {0: name}}.
    private static void WriteMeta(CborWriter writer, string issuer)
    {
        writer.WriteStartMap(1);
        writer.WriteInt32(0);
        writer.WriteStartMap(1);
        CorimWriter.WriteText(writer, 0, issuer);
        writer.WriteEndMap();
        writer.WriteEndMap();
    }
}
