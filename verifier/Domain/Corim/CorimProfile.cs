namespace IotAttest.Domain.Corim;

/// <summary>Every number of the CoRIM profile of this project, and of draft-ietf-rats-corim-11 as far as the profile uses it.</summary>
/// <remarks>draft-11 may still renumber; these are the only copies. The CDDL of both bodies is in docs/protocol.cddl.</remarks>
public static class CorimProfile
{
    /// <summary>Draft that the numbers follow.</summary>
    public const string Draft = "draft-ietf-rats-corim-11";

    /// <summary>Longest file in bytes, signed or not; one more is TooLarge.</summary>
    public const int MaxFileBytes = 1 << 20;

    /// <summary>Most maps and arrays open at once.</summary>
    public const int MaxDepth = 16;

    /// <summary>Media type of the payload, in header 3.</summary>
    public const string ContentType = "application/rim+cbor";

    /// <summary>Tag of an unsigned CoRIM.</summary>
    public const ulong CorimTag = 501;

    /// <summary>Tag of a CoMID, around a byte string with the encoded CoMID.</summary>
    public const ulong ComidTag = 506;

    /// <summary>Tag of a security version number.</summary>
    public const ulong SvnTag = 552;

    /// <summary>Tag of a UUID, 16 bytes in the order of RFC 9562 section 4.</summary>
    public const ulong UuidTag = 37;

    /// <summary>Tag of a URI.</summary>
    public const ulong UriTag = 32;

    /// <summary>Tag of an OID (RFC 9090).</summary>
    public const ulong OidTag = 111;

    /// <summary>Tag of a time in seconds since 1970.</summary>
    public const ulong TimeTag = 1;

    /// <summary>corim-map: id.</summary>
    public const int Id = 0;

    /// <summary>corim-map: tags.</summary>
    public const int Tags = 1;

    /// <summary>corim-map: profile.</summary>
    public const int Profile = 3;

    /// <summary>corim-map: rim-validity, {? 0: not-before, 1: not-after}.</summary>
    public const int Validity = 4;

    /// <summary>corim-map: entities; here one, the issuer, {0: name, 2: [role]}.</summary>
    public const int Entities = 5;

    /// <summary>Entity role manifest-creator.</summary>
    public const int ManifestCreator = 1;

    /// <summary>concise-mid-tag: tag-identity.</summary>
    public const int TagIdentity = 1;

    /// <summary>concise-mid-tag: triples.</summary>
    public const int Triples = 4;

    /// <summary>triples-map: reference values.</summary>
    public const int ReferenceTriples = 0;

    /// <summary>triples-map: endorsed values.</summary>
    public const int EndorsedTriples = 1;

    /// <summary>triples-map: conditional endorsements.</summary>
    public const int ConditionalEndorsementTriples = 10;

    /// <summary>measurement-values-map: version, {0: text}; compared as text, order comes from the security version.</summary>
    public const int MvalVersion = 0;

    /// <summary>measurement-values-map: security version number, tag 552.</summary>
    public const int MvalSvn = 1;

    /// <summary>measurement-values-map: digests, here exactly one [1, 32 bytes].</summary>
    public const int MvalDigests = 2;

    /// <summary>measurement-values-map: name; here the product name.</summary>
    public const int MvalName = 11;

    /// <summary>Named Information algorithm of SHA-256 in digests (not the COSE number -16).</summary>
    public const int Sha256 = 1;

    /// <summary>Private mval key: size of a PE file in bytes, unsigned. draft-11 has no code point for a size.</summary>
    public const int MvalSize = -1;

    /// <summary>Private mval key: certification scheme, text.</summary>
    public const int MvalScheme = -2;

    /// <summary>Private mval key: level within the scheme, text.</summary>
    public const int MvalLevel = -3;

    /// <summary>Private mval key: certificate id, text.</summary>
    public const int MvalCertificateId = -4;

    /// <summary>Private mval key: digest of the signed manifest file, [1, 32 bytes].</summary>
    public const int MvalManifestDigest = -5;

    /// <summary>Private mval key: patch policy, [1, days] for an assessed process, [2] for open; absent for none.</summary>
    public const int MvalPatchPolicy = -6;

    /// <summary>Private mval key: the certificate that this one supersedes, [id, 0 for a new assessment or 1 for a minor change].</summary>
    public const int MvalSupersedes = -7;

    /// <summary>Private mval key: categories of the product, 1 to 8 texts in ordinal order.</summary>
    public const int MvalCategories = -8;

    /// <summary>Private mval key: 1 for a provisional certificate; absent for a full one.</summary>
    public const int MvalProvisional = -9;

    /// <summary>Private mval key: the version of the scheme that the product was evaluated against, a text.</summary>
    public const int MvalSchemeVersion = -10;

    /// <summary>Most categories of one product.</summary>
    public const int MaxCategories = 8;

    /// <summary>mkey of the SBOM digest.</summary>
    public const string SbomKey = "sbom";

    /// <summary>Start of the mkey of one assembly of the deployment; the assembly name follows.</summary>
    public const string AssemblyKeyPrefix = "pe:";

    /// <summary>Most assemblies in one manifest.</summary>
    public const int MaxAssemblies = 256;

    /// <summary>Longest text of the profile (names, versions, scheme, level, id) in UTF-8 bytes.</summary>
    public const int MaxTextBytes = 128;

    /// <summary>Profile OID 2.25.236549178581653038884501954677765236243, content bytes, 20 bytes; tag 111 in corim-map key 3.</summary>
    public static ReadOnlySpan<byte> Oid =>
        [0x69, 0x82, 0xe3, 0xf5, 0xdb, 0xbc, 0xca, 0xac, 0xba, 0xad, 0xfd, 0x8f, 0x9f, 0x83, 0xa9, 0xc7, 0xdc, 0xeb, 0xcc, 0x13];
}
