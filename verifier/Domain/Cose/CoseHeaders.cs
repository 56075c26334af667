namespace IotAttest.Domain.Cose;

/// <summary>The header parameters of a message that this project uses; others are checked for form and ignored.</summary>
public sealed class CoseHeaders
{
    /// <summary>alg (1), taken from the protected map only; None when absent there or given as text.</summary>
    public CoseAlgorithm Algorithm { get; internal set; }

    /// <summary>Content type (3) as media type text, or null.</summary>
    public string? ContentType { get; internal set; }

    /// <summary>Content type (3) as CoAP content-format, 0..65535, or null.</summary>
    public int? ContentFormat { get; internal set; }

    /// <summary>kid (4) from either map, 0 to 256 bytes; empty when absent.</summary>
    public ReadOnlyMemory<byte> Kid { get; internal set; }

    /// <summary>The encoded corim-meta-map (8) of the protected map; empty when absent.</summary>
    public ReadOnlyMemory<byte> CorimMeta { get; internal set; }

    /// <summary>CWT claims (15) of the protected map, or null.</summary>
    public CwtClaims? CwtClaims { get; internal set; }

    /// <summary>typ (16) of the protected map as CoAP content-format, or null.</summary>
    public int? TypeFormat { get; internal set; }

    /// <summary>Verifiable data structure (395) of the protected map (RFC 9942 section 2), or null.</summary>
    public long? DataStructure { get; internal set; }

    /// <summary>The encoded receipts (394), an array of byte strings, of the unprotected map; empty when absent.</summary>
    public ReadOnlyMemory<byte> Receipts { get; internal set; }

    /// <summary>The encoded map of proofs (396) of the unprotected map; empty when absent.</summary>
    public ReadOnlyMemory<byte> Proofs { get; internal set; }

    /// <summary>Number of labels in the protected map.</summary>
    public int ProtectedCount { get; internal set; }

    /// <summary>Number of labels in the unprotected map.</summary>
    public int UnprotectedCount { get; internal set; }
}
