using IotAttest.Domain.Certificates;

namespace IotAttest.Domain.Corim;

/// <summary>A certificate as a certification body signs it: <em>if</em> a board of this class has exactly these digests, <em>then</em>
/// it is covered by this certificate (draft-ietf-rats-corim-11, conditional endorsement triple).</summary>
/// <param name="CertificateId">Id within the issuer's registry.</param>
/// <param name="Scheme">Certification scheme.</param>
/// <param name="Level">Level within the scheme.</param>
/// <param name="Issuer">The certification body; equals iss of the signed file.</param>
/// <param name="ManifestSha256">SHA-256 over the whole signed manifest file.</param>
/// <param name="ClassId">Class UUID of the product model.</param>
/// <param name="Components">The condition: 1 to 16 components, names unique.</param>
/// <param name="ValidUntil">End of validity, whole seconds.</param>
/// <remarks>All texts are 1 to 128 UTF-8 bytes without control or format characters.</remarks>
public sealed record CertificateEndorsement(
    string CertificateId,
    string Scheme,
    string Level,
    string Issuer,
    Sha256Digest ManifestSha256,
    Guid ClassId,
    IReadOnlyList<ComponentDigest> Components,
    DateTimeOffset ValidUntil)
{
    /// <summary>Start of validity, whole seconds, or null for at once.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>What holds for later builds that no certificate names; <see cref="PatchPolicy.None"/> is not written.</summary>
    public PatchPolicy PatchPolicy { get; init; } = PatchPolicy.None;

    /// <summary>The certificate that this one takes the place of, or null.</summary>
    public SupersededCertificate? Supersedes { get; init; }

    /// <summary>Categories of the product, which recognition by other schemes depends on: 0 to 8 words of a-z, 0-9 and hyphen, in ordinal order.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Issued while the evaluation goes on: it covers nothing yet, and nobody can take it for a full one, because the signature covers this.</summary>
    public bool IsProvisional { get; init; }

    /// <summary>The version of the scheme that the product was evaluated against; null where the body names none.</summary>
    public string? SchemeVersion { get; init; }

    /// <summary>Id of the CoRIM and of its CoMID, computed from the content (see <see cref="CorimIdentity"/>).</summary>
    public Guid CorimId => CertificateEndorsementWriter.IdOf(this);
}
