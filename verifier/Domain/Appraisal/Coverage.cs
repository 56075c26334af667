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

    public static Coverage Of(BuildMatch match, DeviceIdentity device, DateTimeOffset now)
    {
        if (match.Build is null || match.Drift != Drift.None)
        {
            return NotApplicable;
        }

        // A level that asks for stronger evidence says nothing about this board.
        CoveringCertificate[] accepting = [.. match.Build.Certificates.Where(certificate => certificate.Accepts(device.Strength))];
        ImmutableArray<string> inForce = [.. accepting.Where(certificate => certificate.IsInForce(now)).Select(certificate => certificate.Id)];
        if (!inForce.IsEmpty)
        {
            return new Coverage(inForce, null, Drift.None);
        }

        CoveringCertificate? lapsed = accepting.Where(certificate => now >= certificate.ValidFrom).MaxBy(certificate => certificate.ValidUntil);
        return new Coverage([], lapsed, lapsed is null ? Drift.UncertifiedUpdate : Drift.None);
    }
}
