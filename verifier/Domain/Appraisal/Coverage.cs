using System.Collections.Immutable;
using IotAttest.Domain.Devices;
using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Domain.Appraisal;

/// <summary>Whether certificates cover a matched build for this board at this moment.</summary>
/// <param name="InForce">Ids of the certificates that count.</param>
/// <param name="IsLapsed">Some covered it once, none is in force.</param>
/// <param name="Drift"><see cref="Appraisal.Drift.UncertifiedUpdate"/> when none ever did, else None.</param>
internal sealed record Coverage(ImmutableArray<string> InForce, bool IsLapsed, Drift Drift)
{
    private static readonly Coverage NotApplicable = new([], false, Drift.None);

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
            return new Coverage(inForce, false, Drift.None);
        }

        bool hasBegun = accepting.Any(certificate => now >= certificate.ValidFrom);
        return hasBegun ? new Coverage([], true, Drift.None) : new Coverage([], false, Drift.UncertifiedUpdate);
    }
}
