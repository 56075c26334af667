using System.Collections.Immutable;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.Policies;
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
    public static Verdict Appraise(DeviceIdentity device, DeviceFacts facts, ManufacturerReference reference, AppraisalPolicy policy, DateTimeOffset now) =>
        Appraise(device, facts, ReferenceExtract.Of(device, facts, reference, now), policy, now);

    /// <summary>Appraises one board by what was taken from the reference values, now or at some time before.</summary>
    /// <param name="device">What enrolment fixed.</param>
    /// <param name="facts">What the last accepted evidence said.</param>
    /// <param name="extract">What the reference values say about the board.</param>
    /// <param name="policy">The parameters.</param>
    /// <param name="now">The verifier's time.</param>
    public static Verdict Appraise(DeviceIdentity device, DeviceFacts facts, ReferenceExtract extract, AppraisalPolicy policy, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(extract);
        ArgumentNullException.ThrowIfNull(policy);
        BuildMatch match = extract.Match;
        PolicyCheck check = new(policy.Book, device, facts.BootFacts);
        Coverage coverage = Coverage.Of(extract, check, now - (facts.AsOf ?? now), now);
        DateTimeOffset? expiresAt = facts.AsOf + (coverage.MaximumEvidenceAge < policy.MaximumAge ? coverage.MaximumEvidenceAge : policy.MaximumAge);
        Drift drift = facts.AsOf is null
            ? Drift.None
            : match.Drift | coverage.Drift | FindLayoutDrift(extract, check, coverage) | FindDrift(facts, extract, now) | (now > expiresAt ? Drift.StaleEvidence : Drift.None);
        Conditions conditions = ConditionsOf(match, coverage) | SupportTerm.At(now, extract.SupportUntil)
            | (now > extract.ComponentsUntil ? Conditions.ComponentNotInForce : Conditions.None);
        Conformity conformity = Decide(facts, match, conditions, drift);
        ImmutableArray<string> advisories = match.Build is { Advisories.IsEmpty: false } affected ? affected.Advisories.Sort(StringComparer.Ordinal) : [];
        StepCauses causes = new(drift, coverage.Lapsed, coverage.PatchUntil, coverage.Provisional, coverage.Unmet, advisories, extract.SupportUntil);
        return new Verdict(
            conformity,
            drift,
            match.Build?.Id,
            coverage.InForce,
            facts.Measured,
            extract.Compared?.Measured,
            device.Strength,
            TrustVectorRules.Of(device, facts, conformity, drift),
            facts.AsOf,
            expiresAt,
            policy.Id,
            NextSteps.For(conformity, causes))
        {
            Conditions = conditions.Beside(conformity),
            Advisories = advisories,
            Policies = PoliciesOf(policy, extract, check),
            AppraisedAt = now,
        };
    }

    /// <summary>True when this measured set is a cause that stays until a manifest covers it: reference values exist and none knows it.</summary>
    public static bool IsStickyUnknown(ManufacturerReference reference, Guid classId, MeasuredSet measured)
    {
        BuildMatch match = reference.Match(classId, measured);
        return match.HasReference && match.Drift.HasFlag(Drift.UnknownMeasurement);
    }

    private static Drift FindDrift(DeviceFacts facts, ReferenceExtract extract, DateTimeOffset now)
    {
        Drift drift = Drift.None;
        drift |= extract.HasUncoveredSets ? Drift.UnknownMeasurement : Drift.None;
        drift |= facts.HasIdentityConflict ? Drift.IdentityConflict : Drift.None;
        drift |= facts.HasClaimMismatch ? Drift.ClaimMismatch : Drift.None;
        drift |= facts.BootFacts.SecureBoot == false ? Drift.BootNotSecured : Drift.None;
        drift |= facts.BootFacts.DebugStatus == 0 ? Drift.DebugEnabled : Drift.None;
        bool isRollback = extract.Match is { Build: { } build, Drift: Drift.None }
            && (build.SecurityVersion < facts.HighestSecurityVersion || build.SecurityVersion < extract.MinimumSecurityVersion || now > build.AcceptedUntil);
        return drift | (isRollback ? Drift.Rollback : Drift.None);
    }

    // A layout that nobody certified, of assemblies that somebody did: an IDE deployed them, or something lies around them.
    private static Drift FindLayoutDrift(ReferenceExtract extract, PolicyCheck check, Coverage coverage) =>
        coverage.Drift.HasFlag(Drift.UncertifiedUpdate) && extract.LayoutCertificates.Any(check.Accepts) ? Drift.RegionResidue : Drift.None;

    private static Conditions ConditionsOf(BuildMatch match, Coverage coverage) =>
        (coverage.Lapsed is null ? Conditions.None : Conditions.CertificateNotInForce)
        | (coverage.Drift.HasFlag(Drift.UncertifiedUpdate) ? Conditions.PendingCoverage : Conditions.None)
        | (coverage.Provisional is null ? Conditions.None : Conditions.Provisional)
        | (coverage.Unmet is null ? Conditions.None : Conditions.RequirementNotMet)
        | (match.Build is { Advisories.IsEmpty: false } ? Conditions.Vulnerable : Conditions.None);

    private static Conformity Decide(DeviceFacts facts, BuildMatch match, Conditions conditions, Drift drift)
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

        if (conditions.HasFlag(Conditions.CertificateNotInForce))
        {
            return Conformity.CertificateNotInForce;
        }

        return (drift & DriftedDrift) != 0 ? Conformity.Drifted
            : conditions.HasFlag(Conditions.PendingCoverage) ? Conformity.PendingCoverage
            : conditions.HasFlag(Conditions.Vulnerable) ? Conformity.Vulnerable
            : conditions.HasFlag(Conditions.SupportEnded) ? Conformity.SupportEnded
            : Conformity.Conformant;
    }

    // The policy of every board, then those of the levels that certificates of this build name.
    private static ImmutableArray<string> PoliciesOf(AppraisalPolicy policy, ReferenceExtract extract, PolicyCheck check)
    {
        ImmutableArray<string>.Builder names = ImmutableArray.CreateBuilder<string>();
        names.Add(policy.Id);
        foreach (CoveringCertificate certificate in extract.Match.Build?.Certificates ?? [])
        {
            Add(names, check.LevelOf(certificate)?.Name);
        }

        foreach (CoveringCertificate certificate in extract.Match.Build is { Certificates.IsEmpty: true } ? extract.PatchedCertificates : [])
        {
            Add(names, check.LevelOf(certificate)?.Name);
        }

        return names.DrainToImmutable();
    }

    private static void Add(ImmutableArray<string>.Builder names, string? name)
    {
        if (name is not null && !names.Contains(name))
        {
            names.Add(name);
        }
    }
}
