using System.Security.Cryptography;

namespace IotAttest.Domain.Corim;

/// <summary>Ids that follow from content: the same build has the same id wherever it is encoded, another build another one.</summary>
public static class CorimIdentity
{
    private const int UuidBytes = 16;

    /// <summary>The id of a body: the first 16 bytes of SHA-256 over the body encoded with the nil UUID as corim id and as CoMID tag id,
    /// then version 8 and variant 10 set (RFC 9562 section 5.8). The issuer is part of the body as its entity.</summary>
    /// <param name="bodyWithNilId">The encoded body, tag 501 included.</param>
    public static Guid Of(ReadOnlySpan<byte> bodyWithNilId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bodyWithNilId, hash);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash[..UuidBytes], bigEndian: true);
    }
}
