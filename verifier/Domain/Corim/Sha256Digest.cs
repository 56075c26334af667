using System.Buffers.Binary;
using System.Security.Cryptography;

namespace IotAttest.Domain.Corim;

/// <summary>A SHA-256 digest as a value: 32 bytes that compare and hash by content.</summary>
public readonly record struct Sha256Digest
{
    /// <summary>Length in bytes.</summary>
    public const int LengthBytes = 32;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    /// <summary>Takes the 32 bytes of a digest.</summary>
    /// <exception cref="ArgumentException">Another length.</exception>
    public Sha256Digest(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != LengthBytes)
        {
            throw new ArgumentException($"A SHA-256 digest has 32 bytes, not {bytes.Length}.", nameof(bytes));
        }

        _a = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _b = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>The digest of <paramref name="content"/>.</summary>
    public static Sha256Digest Of(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[LengthBytes];
        SHA256.HashData(content, hash);
        return new Sha256Digest(hash);
    }

    /// <summary>The 32 bytes.</summary>
    public byte[] ToBytes()
    {
        byte[] bytes = new byte[LengthBytes];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, _a);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), _b);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(16), _c);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(24), _d);
        return bytes;
    }

    /// <summary><c>sha256:</c> and 64 lower-case hex digits.</summary>
    public override string ToString() => $"sha256:{_a:x16}{_b:x16}{_c:x16}{_d:x16}";
}
