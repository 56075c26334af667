using IotAttest.Domain.Cbor;

namespace IotAttest.Domain.Cose;

/// <summary>CWT claims of a protected header (RFC 9597); other claims are ignored.</summary>
/// <param name="Issuer">iss (1), at most 256 UTF-8 bytes, or null.</param>
/// <param name="Subject">sub (2), at most 256 UTF-8 bytes, or null.</param>
/// <param name="ExpiresAt">exp (4), whole seconds since 1970, or null. The caller compares it with a clock.</param>
/// <param name="NotBefore">nbf (5), whole seconds since 1970, or null. The caller compares it with a clock.</param>
public sealed record CwtClaims(string? Issuer, string? Subject, long? ExpiresAt, long? NotBefore)
{
    /// <summary>Longest iss and sub in UTF-8 bytes; longer ones are OutOfRange.</summary>
    public const int MaxTextBytes = 256;

    private const int MaxEntries = 16;

    internal static CwtClaims Read(BoundedCborReader reader)
    {
        CwtClaims claims = new(null, null, null, null);
        int entries = reader.ReadMapStart(MaxEntries);
        for (int i = 0; i < entries; i++)
        {
            claims = reader.Peek() is CborKind.UnsignedInteger ? claims.ReadClaim(reader) : SkipPair(claims, reader);
        }

        reader.EndMap();
        return claims;
    }

    private static CwtClaims SkipPair(CwtClaims claims, BoundedCborReader reader)
    {
        reader.Skip();
        reader.Skip();
        return claims;
    }

    // RFC 8392 section 3.1: labels of the claims.
    private CwtClaims ReadClaim(BoundedCborReader reader)
    {
        switch (reader.ReadUInt64())
        {
            case 1: return this with { Issuer = reader.ReadText(MaxTextBytes) };
            case 2: return this with { Subject = reader.ReadText(MaxTextBytes) };
            case 4: return this with { ExpiresAt = reader.ReadInt64() };
            case 5: return this with { NotBefore = reader.ReadInt64() };
            default: reader.Skip(); return this;
        }
    }
}
