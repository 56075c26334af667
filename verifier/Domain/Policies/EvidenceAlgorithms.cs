namespace IotAttest.Domain.Policies;

/// <summary>How evidence may be authenticated.</summary>
[Flags]
public enum EvidenceAlgorithms
{
    /// <summary>Not at all; no policy says so.</summary>
    None = 0,

    /// <summary>HMAC 256/256 (COSE 5), key of 32 bytes.</summary>
    Hmac256 = 1 << 0,

    /// <summary>ECDSA with SHA-256 on P-256 (COSE -7 and -9).</summary>
    Es256 = 1 << 1,
}
