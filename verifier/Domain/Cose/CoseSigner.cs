using System.Formats.Cbor;
using System.Security.Cryptography;
using IotAttest.Domain.Cbor;
using IotAttest.Protocol;
using CborWriter = System.Formats.Cbor.CborWriter;

namespace IotAttest.Domain.Cose;

/// <summary>Makes COSE_Sign1 messages (RFC 9052 section 4.2) with ES256.</summary>
public static class CoseSigner
{
    /// <summary>Signs <paramref name="payload"/>: tag 18, empty unprotected map, empty external_aad.</summary>
    /// <param name="protectedMap">The encoded protected map; it names the algorithm, -7 or -9.</param>
    /// <param name="payload">The payload bytes.</param>
    /// <param name="key">A private key on P-256.</param>
    /// <returns>The encoded message.</returns>
    /// <exception cref="ArgumentException">The key is not on P-256.</exception>
    public static byte[] Sign1(ReadOnlyMemory<byte> protectedMap, ReadOnlyMemory<byte> payload, ECDsa key)
    {
        if (!EcdsaP256.IsOnCurve(key))
        {
            throw new ArgumentException("The key is not on P-256; give an ES256 key (FIPS 186-5, secp256r1).", nameof(key));
        }

        byte[] hash = SHA256.HashData(CoseStructure.ToBeSigned(protectedMap.Span, payload.Span));
        byte[] signature = key.SignHash(hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return DeterministicCbor.Encode(writer => Write(writer, protectedMap.Span, payload.Span, signature));
    }

    private static void Write(CborWriter writer, ReadOnlySpan<byte> protectedMap, ReadOnlySpan<byte> payload, byte[] signature)
    {
        writer.WriteTag((CborTag)CoseLabel.Sign1Tag);
        writer.WriteStartArray(4);
        writer.WriteByteString(protectedMap);
        writer.WriteStartMap(0);
        writer.WriteEndMap();
        writer.WriteByteString(payload);
        writer.WriteByteString(signature);
        writer.WriteEndArray();
    }
}
