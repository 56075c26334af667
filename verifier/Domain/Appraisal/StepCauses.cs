using System.Collections.Immutable;
using IotAttest.Domain.Policies;
using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Domain.Appraisal;

/// <summary>What a next step may have to name.</summary>
/// <param name="Drift">Everything that differs.</param>
/// <param name="Lapsed">For <see cref="Conformity.CertificateNotInForce"/>: the certificate to ask about.</param>
/// <param name="PatchUntil">Until when the build counts as a patch, when it is not certified itself.</param>
/// <param name="Provisional">The provisional certificate that names the build.</param>
/// <param name="Unmet">Why a certificate in force does not count for this board.</param>
/// <param name="Advisories">The advisories that mark the build, in ordinal order.</param>
/// <param name="SupportUntil">Last moment of support of the product.</param>
internal sealed record StepCauses(
    Drift Drift,
    CoveringCertificate? Lapsed,
    DateTimeOffset? PatchUntil,
    CoveringCertificate? Provisional,
    UnmetRequirement? Unmet,
    ImmutableArray<string> Advisories,
    DateTimeOffset? SupportUntil)
{
    public static StepCauses Of(Drift drift) => new(drift, null, null, null, null, [], null);
}
