using System.Formats.Cbor;
using System.Security.Cryptography;
using IotAttest.Protocol;
using CborWriter = System.Formats.Cbor.CborWriter;

namespace IotAttest.Domain.Cose;

/// <summary>Makes COSE_Sign1 messages (RFC 9052 section 4.2) with ES256.</summary>
public static class CoseSigner
{
    private static readonly ReadOnlyMemory<byte> EmptyMap = new byte[] { 0xa0 };

    /// <summary>Signs <paramref name="payload"/>: tag 18, empty unprotected map, empty external_aad.</summary>
    /// <param name="protectedMap">The encoded protected map; it names the algorithm, -7 or -9.</param>
    /// <param name="payload">The payload bytes.</param>
    /// <param name="key">A private key on P-256.</param>
    /// <returns>The encoded message.</returns>
    /// <exception cref="ArgumentException">The key is not on P-256.</exception>
    public static byte[] Sign1(ReadOnlyMemory<byte> protectedMap, ReadOnlyMemory<byte> payload, ECDsa key)
    {
        byte[] signature = SignatureOver(protectedMap, payload, key);
        return Encode(protectedMap, EmptyMap, writer => writer.WriteByteString(payload.Span), signature);
    }

    /// <summary>Signs a payload that travels elsewhere: tag 18, payload nil (RFC 9052 section 4.1).</summary>
    /// <param name="protectedMap">The encoded protected map; it names the algorithm, -7 or -9.</param>
    /// <param name="unprotectedMap">The encoded unprotected map.</param>
    /// <param name="payload">The payload bytes.</param>
    /// <param name="key">A private key on P-256.</param>
    /// <returns>The encoded message.</returns>
    /// <exception cref="ArgumentException">The key is not on P-256.</exception>
    public static byte[] Sign1Detached(ReadOnlyMemory<byte> protectedMap, ReadOnlyMemory<byte> unprotectedMap, ReadOnlyMemory<byte> payload, ECDsa key)
    {
        byte[] signature = SignatureOver(protectedMap, payload, key);
        return Encode(protectedMap, unprotectedMap, writer => writer.WriteNull(), signature);
    }

    /// <summary>The same message with another unprotected map, which no signature covers.</summary>
    /// <param name="message">A COSE_Sign1 with its payload.</param>
    /// <param name="unprotectedMap">The encoded map.</param>
    public static byte[] WithUnprotected(CoseMessage message, ReadOnlyMemory<byte> unprotectedMap)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Encode(message.ProtectedBytes, unprotectedMap, writer => writer.WriteByteString(message.Payload.Span), message.Signature);
    }

    private static byte[] SignatureOver(ReadOnlyMemory<byte> protectedMap, ReadOnlyMemory<byte> payload, ECDsa key)
    {
        if (!EcdsaP256.IsOnCurve(key))
        {
            throw new ArgumentException("The key is not on P-256; give an ES256 key (FIPS 186-5, secp256r1).", nameof(key));
        }

        byte[] hash = SHA256.HashData(CoseStructure.ToBeSigned(protectedMap.Span, payload.Span));
        return key.SignHash(hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static byte[] Encode(ReadOnlyMemory<byte> protectedMap, ReadOnlyMemory<byte> unprotectedMap, Action<CborWriter> writePayload, ReadOnlyMemory<byte> signature)
    {
        CborWriter writer = new(CborConformanceMode.Strict);
        writer.WriteTag((CborTag)CoseLabel.Sign1Tag);
        writer.WriteStartArray(4);
        writer.WriteByteString(protectedMap.Span);
        writer.WriteEncodedValue(unprotectedMap.Span);
        writePayload(writer);
        writer.WriteByteString(signature.Span);
        writer.WriteEndArray();
        return writer.Encode();
    }
}
