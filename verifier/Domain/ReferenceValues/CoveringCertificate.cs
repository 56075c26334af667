using IotAttest.Domain.Certificates;
using IotAttest.Domain.Devices;

namespace IotAttest.Domain.ReferenceValues;

/// <summary>What appraisal needs to know of a certificate that names a build's manifest.</summary>
/// <param name="Id">The certificate id, opaque.</param>
/// <param name="Scheme">The scheme it was issued under.</param>
/// <param name="Level">The level within the scheme.</param>
/// <param name="MinimumStrength">The weakest evidence the level accepts.</param>
/// <param name="Status">The body's decision.</param>
/// <param name="ValidFrom">First moment of validity.</param>
/// <param name="ValidUntil">Last moment of validity.</param>
public sealed record CoveringCertificate(
    string Id,
    string Scheme,
    string Level,
    EvidenceStrength MinimumStrength,
    CertificateStatus Status,
    DateTimeOffset ValidFrom,
    DateTimeOffset ValidUntil)
{
    /// <summary>The name of the certification body that issued it; empty when not known.</summary>
    public string Body { get; init; } = "";

    /// <summary>What holds for later builds that no certificate names.</summary>
    public PatchPolicy PatchPolicy { get; init; } = PatchPolicy.None;

    /// <summary>Last moment at which a superseded certificate counts; null while it is not superseded.</summary>
    public DateTimeOffset? CountsUntil { get; init; }

    /// <summary>The oldest evidence that the level accepts; null where the policy of the verifier alone decides.</summary>
    public TimeSpan? MaximumEvidenceAge { get; init; }

    /// <summary>True when the certificate counts at this moment.</summary>
    public bool IsInForce(DateTimeOffset now) => now >= ValidFrom && now <= ValidUntil && Status switch
    {
        CertificateStatus.Certified => true,
        CertificateStatus.Superseded => now <= CountsUntil,
        _ => false,
    };

    /// <summary>True while it is provisional: its build is known to the body and not covered yet.</summary>
    public bool IsProvisional(DateTimeOffset now) => Status == CertificateStatus.Provisional && now >= ValidFrom && now <= ValidUntil;

    /// <summary>True when the level is content with this evidence.</summary>
    public bool Accepts(EvidenceStrength strength) => strength >= MinimumStrength;
}
