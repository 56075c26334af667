using IotAttest.Domain.Devices;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Domain.Appraisal;

/// <summary>Computes the verdict about a board from facts, reference values, policy and time: a pure function, so that any
/// change of a manifest, a certificate or the clock re-appraises a board without new evidence.</summary>
public static class Appraiser
{
    private const Drift CompromisedDrift = Drift.UnknownMeasurement | Drift.IdentityConflict | Drift.BootNotSecured;

    private const Drift DriftedDrift = Drift.MixedBuild | Drift.Rollback | Drift.OtherModelBuild | Drift.ConfigDrift
        | Drift.RegionResidue | Drift.DebugEnabled | Drift.ClaimMismatch;

    /// <summary>Appraises one board.</summary>
    /// <param name="device">What enrolment fixed.</param>
    /// <param name="facts">What the last accepted evidence said.</param>
    /// <param name="reference">The builds of the board's manufacturer.</param>
    /// <param name="policy">The parameters.</param>
    /// <param name="now">The verifier's time.</param>
    public static Verdict Appraise(DeviceIdentity device, DeviceFacts facts, ManufacturerReference reference, AppraisalPolicy policy, DateTimeOffset now)
    {
        BuildMatch match = facts.Measured is null
            ? new BuildMatch(null, Drift.None, HasReference: false)
            : reference.Match(device.ClassId, facts.Measured);
        Coverage coverage = Coverage.Of(match, device, reference, now);
        DateTimeOffset? expiresAt = facts.AsOf + (coverage.MaximumEvidenceAge < policy.MaximumAge ? coverage.MaximumEvidenceAge : policy.MaximumAge);
        Drift drift = facts.AsOf is null
            ? Drift.None
            : match.Drift | coverage.Drift | FindDrift(device, facts, reference, match, now) | (now > expiresAt ? Drift.StaleEvidence : Drift.None);
        Conformity conformity = Decide(facts, match, coverage, drift);
        ReferenceBuild? compared = match.Build ?? reference.Find(facts.LastBuild) ?? reference.BuildsOf(device.ClassId).LastOrDefault();
        return new Verdict(
            conformity,
            drift,
            match.Build?.Id,
            coverage.InForce,
            facts.Measured,
            compared?.Measured,
            device.Strength,
            TrustVectorRules.Of(device, facts, conformity, drift),
            facts.AsOf,
            expiresAt,
            policy.Id,
            NextSteps.For(conformity, drift, coverage.Lapsed, coverage.PatchUntil),
            NextSteps.ResponsibleFor(conformity, drift, coverage.PatchUntil));
    }

    /// <summary>True when this measured set is a cause that stays until a manifest covers it: reference values exist and none knows it.</summary>
    public static bool IsStickyUnknown(ManufacturerReference reference, Guid classId, MeasuredSet measured)
    {
        BuildMatch match = reference.Match(classId, measured);
        return match.HasReference && match.Drift.HasFlag(Drift.UnknownMeasurement);
    }

    private static Drift FindDrift(DeviceIdentity device, DeviceFacts facts, ManufacturerReference reference, BuildMatch match, DateTimeOffset now)
    {
        Drift drift = Drift.None;
        drift |= facts.UnknownSets.Any(set => !reference.Covers(device.ClassId, set)) ? Drift.UnknownMeasurement : Drift.None;
        drift |= facts.HasIdentityConflict ? Drift.IdentityConflict : Drift.None;
        drift |= facts.HasClaimMismatch ? Drift.ClaimMismatch : Drift.None;
        drift |= facts.BootFacts.SecureBoot == false ? Drift.BootNotSecured : Drift.None;
        drift |= facts.BootFacts.DebugStatus == 0 ? Drift.DebugEnabled : Drift.None;
        bool isRollback = match.Build is { } build && match.Drift == Drift.None
            && (build.SecurityVersion < facts.HighestSecurityVersion || now > build.AcceptedUntil);
        return drift | (isRollback ? Drift.Rollback : Drift.None);
    }

    private static Conformity Decide(DeviceFacts facts, BuildMatch match, Coverage coverage, Drift drift)
    {
        if (facts.IsDecommissioned)
        {
            return Conformity.Decommissioned;
        }

        if (facts.AsOf is null || !match.HasReference)
        {
            return Conformity.Unknown;
        }

        if ((drift & CompromisedDrift) != 0)
        {
            return Conformity.Compromised;
        }

        if (drift.HasFlag(Drift.StaleEvidence))
        {
            return Conformity.Stale;
        }

        if (coverage.Lapsed is not null)
        {
            return Conformity.CertificateNotInForce;
        }

        if ((drift & DriftedDrift) != 0)
        {
            return Conformity.Drifted;
        }

        return drift.HasFlag(Drift.UncertifiedUpdate) ? Conformity.PendingCoverage : Conformity.Conformant;
    }
}
