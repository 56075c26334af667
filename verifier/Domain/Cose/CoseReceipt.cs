namespace IotAttest.Domain.Cose;

/// <summary>Header labels of receipts (RFC 9942 section 2), from the IANA COSE registry.</summary>
public static class CoseReceipt
{
    /// <summary>receipts, unprotected: an array of byte strings, each a receipt about the message.</summary>
    public const int Receipts = 394;

    /// <summary>vds, protected: the verifiable data structure.</summary>
    public const int DataStructure = 395;

    /// <summary>vdp, unprotected: a map of proofs.</summary>
    public const int Proofs = 396;

    /// <summary>Value of <see cref="DataStructure"/>: RFC9162_SHA256.</summary>
    public const int Rfc9162Sha256 = 1;

    /// <summary>Key of inclusion proofs in the map of proofs (RFC 9942 section 5.2).</summary>
    public const int InclusionProofs = -1;
}
