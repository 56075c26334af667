namespace IotAttest.Domain.Cose;

/// <summary>The algorithms this verifier computes (IANA COSE Algorithms); any other number is carried but never verifies.</summary>
public enum CoseAlgorithm
{
    /// <summary>No algorithm in the protected header, or one given as text.</summary>
    None = 0,

    /// <summary>HMAC with SHA-256, 32-byte tag (RFC 9053 section 3.1).</summary>
    HmacSha256 = 5,

    /// <summary>ECDSA with SHA-256; here on P-256 only. RFC 9864 deprecates it for ESP256, peers still send it.</summary>
    Es256 = -7,

    /// <summary>ECDSA on P-256 with SHA-256 (RFC 9864).</summary>
    Esp256 = -9,
}
