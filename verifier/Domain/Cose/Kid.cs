using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using IotAttest.Protocol;

namespace IotAttest.Domain.Cose;

/// <summary>Key identifier of 8 bytes. It finds a key record and authenticates nothing.</summary>
/// <param name="Value">The 8 bytes as a big-endian number.</param>
public readonly record struct Kid(ulong Value)
{
    /// <summary>Length in bytes.</summary>
    public const int LengthBytes = CoseLabel.KeyIdBytes;

    /// <summary>First 8 bytes of SHA-256 over the DER SubjectPublicKeyInfo.</summary>
    /// <exception cref="ArgumentException">The key is not on P-256; nothing else signs here.</exception>
    public static Kid OfKey(ECDsa key) => EcdsaP256.IsOnCurve(key)
        ? OfHashed(key.ExportSubjectPublicKeyInfo())
        : throw new ArgumentException("The key is not on P-256; give an ES256 key (FIPS 186-5, secp256r1).", nameof(key));

    /// <summary>First 8 bytes of SHA-256 over the UEID, for HMAC keys.</summary>
    /// <param name="ueid">The UEID, 17 bytes here.</param>
    public static Kid OfUeid(ReadOnlySpan<byte> ueid) => OfHashed(ueid);

    /// <summary>Reads exactly 8 bytes.</summary>
    /// <returns>False for another length.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Kid kid)
    {
        bool fits = bytes.Length == LengthBytes;
        kid = fits ? new Kid(BinaryPrimitives.ReadUInt64BigEndian(bytes)) : default;
        return fits;
    }

    /// <summary>The 8 bytes.</summary>
    public byte[] ToBytes()
    {
        byte[] bytes = new byte[LengthBytes];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Value);
        return bytes;
    }

    /// <summary>16 lower-case hex digits.</summary>
    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);

    private static Kid OfHashed(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return new Kid(BinaryPrimitives.ReadUInt64BigEndian(hash));
    }
}
