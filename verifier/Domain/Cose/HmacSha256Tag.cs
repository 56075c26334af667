using System.Security.Cryptography;

namespace IotAttest.Domain.Cose;

/// <summary>HMAC with SHA-256 (RFC 2104), verified in constant time.</summary>
internal static class HmacSha256Tag
{
    /// <summary>The whole tag, which algorithm 5 uses.</summary>
    internal const int FullBytes = 32;

    /// <summary>True when <paramref name="tag"/> is exactly the first <paramref name="tagBytes"/> bytes of the HMAC.</summary>
    internal static bool Verify(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> tag, int tagBytes)
    {
        Span<byte> expected = stackalloc byte[FullBytes];
        HMACSHA256.HashData(key, message, expected);
        return CryptographicOperations.FixedTimeEquals(expected[..tagBytes], tag);
    }
}
