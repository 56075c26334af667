using System.Collections.Immutable;
using IotAttest.Domain.Devices;
using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Domain.Appraisal;

/// <summary>Whether certificates cover a matched build for this board at this moment.</summary>
/// <param name="InForce">Ids of the certificates that count.</param>
/// <param name="Lapsed">When some covered it once and none is in force: the one that was to hold longest. Else null.</param>
/// <param name="Drift"><see cref="Appraisal.Drift.UncertifiedUpdate"/> when none ever did, else None.</param>
internal sealed record Coverage(ImmutableArray<string> InForce, CoveringCertificate? Lapsed, Drift Drift)
{
    private static readonly Coverage NotApplicable = new([], null, Drift.None);

    /// <summary>A provisional certificate that names the build; null when none does.</summary>
    public CoveringCertificate? Provisional { get; private init; }

    /// <summary>When the build counts as a patch only: the last moment at which it does. Else null.</summary>
    public DateTimeOffset? PatchUntil { get; private init; }

    /// <summary>The oldest evidence that one of the certificates in force accepts; null when one of them sets no limit.</summary>
    public TimeSpan? MaximumEvidenceAge { get; private init; }

    public static Coverage Of(BuildMatch match, DeviceIdentity device, ManufacturerReference reference, DateTimeOffset now)
    {
        if (match.Build is null || match.Drift != Drift.None)
        {
            return NotApplicable;
        }

        // A level that asks for stronger evidence says nothing about this board.
        CoveringCertificate[] accepting = [.. match.Build.Certificates.Where(certificate => certificate.Accepts(device.Strength))];
        CoveringCertificate[] inForce = [.. accepting.Where(certificate => certificate.IsInForce(now))];
        if (inForce.Length > 0)
        {
            return By(inForce);
        }

        if (accepting.FirstOrDefault(certificate => certificate.IsProvisional(now)) is { } provisional)
        {
            return OfPatch(match.Build, device, reference, now) with { Provisional = provisional };
        }

        CoveringCertificate? lapsed = accepting.Where(certificate => now >= certificate.ValidFrom).MaxBy(certificate => certificate.ValidUntil);
        return lapsed is null ? OfPatch(match.Build, device, reference, now) : new Coverage([], lapsed, Drift.None);
    }

    /// <summary>A build that no certificate names may still be covered as a patch, by the certificate of the build it patches.</summary>
    private static Coverage OfPatch(ReferenceBuild patch, DeviceIdentity device, ManufacturerReference reference, DateTimeOffset now)
    {
        CoveringCertificate[] covering = [.. reference.PatchedBy(patch)
            .SelectMany(certified => certified.Certificates)
            .Where(certificate => certificate.IsInForce(now) && certificate.Accepts(device.Strength) && now <= certificate.PatchPolicy.CoversUntil(patch.SubmittedAt))];
        return covering.Length == 0
            ? new Coverage([], null, Drift.UncertifiedUpdate)
            : By(covering) with { PatchUntil = covering.Max(certificate => certificate.PatchPolicy.CoversUntil(patch.SubmittedAt)) };
    }

    private static Coverage By(CoveringCertificate[] certificates) => new([.. certificates.Select(certificate => certificate.Id)], null, Drift.None)
    {
        MaximumEvidenceAge = certificates.Any(certificate => certificate.MaximumEvidenceAge is null) ? null : certificates.Max(certificate => certificate.MaximumEvidenceAge),
    };
}
