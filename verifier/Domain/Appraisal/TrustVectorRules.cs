using IotAttest.Domain.Devices;

namespace IotAttest.Domain.Appraisal;

/// <summary>Values of the AR4SI trust vector (draft-ietf-rats-ar4si): a verdict never claims more than the evidence can carry.</summary>
internal static class TrustVectorRules
{
    private const int Recognised = 2;
    private const int ApprovedConfiguration = 2;
    private const int ApprovedAtBoot = 3;
    private const int GenuineHardware = 2;
    private const int KnownWeakness = 32;
    private const int UnrecognisedExecutables = 33;
    private const int ConfigurationNotAvailable = 36;
    private const int NotTrustworthy = 96;

    private const Drift UnrecognisedDrift = Drift.UnknownMeasurement | Drift.MixedBuild | Drift.OtherModelBuild | Drift.ConfigDrift | Drift.RegionResidue | Drift.ClaimMismatch;
    private const Drift WeakConfiguration = Drift.DebugEnabled | Drift.BootNotSecured | Drift.ConfigDrift;

    public static TrustVector Of(DeviceIdentity device, DeviceFacts facts, Conformity conformity, Drift drift)
    {
        // Nothing is claimed from old data, or about a board that never attested or is out of service.
        if (facts.AsOf is null || drift.HasFlag(Drift.StaleEvidence) || conformity == Conformity.Decommissioned)
        {
            return new TrustVector(null, null, null, null);
        }

        int identity = drift.HasFlag(Drift.IdentityConflict) ? NotTrustworthy : Recognised;
        return new TrustVector(identity, ConfigurationOf(device, drift), ExecutablesOf(conformity, drift), HardwareOf(device, facts));
    }

    private static int ConfigurationOf(DeviceIdentity device, Drift drift)
    {
        if (device.Strength == EvidenceStrength.SelfReported)
        {
            return ConfigurationNotAvailable;
        }

        return (drift & WeakConfiguration) != 0 ? KnownWeakness : ApprovedConfiguration;
    }

    private static int ExecutablesOf(Conformity conformity, Drift drift)
    {
        if ((drift & UnrecognisedDrift) != 0)
        {
            return UnrecognisedExecutables;
        }

        bool isApproved = conformity == Conformity.Conformant || (drift & ~WeakConfiguration & ~Drift.IdentityConflict) == 0;
        return isApproved && conformity is not (Conformity.CertificateNotInForce or Conformity.Vulnerable) ? ApprovedAtBoot : KnownWeakness;
    }

    private static int? HardwareOf(DeviceIdentity device, DeviceFacts facts) =>
        device.Strength == EvidenceStrength.HardwareRooted && facts.BootFacts.SecureBoot == true ? GenuineHardware : null;
}
