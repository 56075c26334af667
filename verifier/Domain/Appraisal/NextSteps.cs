using System.Globalization;
using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Domain.Appraisal;

/// <summary>Who should do what; the most serious cause speaks.</summary>
internal static class NextSteps
{
    private static readonly (Drift Drift, StepCode Step)[] ByDrift =
    [
        (Drift.IdentityConflict, StepCode.IdentityConflict),
        (Drift.UnknownMeasurement, StepCode.UnknownMeasurement),
        (Drift.BootNotSecured, StepCode.BootNotSecured),
        (Drift.StaleEvidence, StepCode.StaleEvidence),
        (Drift.Rollback, StepCode.Rollback),
        (Drift.OtherModelBuild, StepCode.OtherModelBuild),
        (Drift.MixedBuild, StepCode.MixedBuild),
        (Drift.ClaimMismatch, StepCode.ClaimMismatch),
        (Drift.ConfigDrift, StepCode.ConfigDrift),
        (Drift.RegionResidue, StepCode.RegionResidue),
        (Drift.DebugEnabled, StepCode.DebugEnabled),
        (Drift.UncertifiedUpdate, StepCode.UncertifiedUpdate),
    ];

    public static Guidance For(Conformity conformity, StepCauses causes) => conformity switch
    {
        Conformity.Conformant when causes.PatchUntil is { } until => CertifyPatch(until),
        Conformity.Conformant => Make(StepCode.NothingToDo, ""),
        Conformity.Decommissioned => Make(StepCode.OutOfService, Actors.Operator),
        Conformity.CertificateNotInForce when causes.Lapsed is { } lapsed => Ask(lapsed),
        Conformity.Unknown when causes.Drift == Drift.None => Make(StepCode.SwitchOn, Actors.Integrator),
        Conformity.Unknown => Make(StepCode.SubmitManifest, Actors.Manufacturer),
        Conformity.PendingCoverage when causes.Unmet is { } unmet => Make(unmet.Step, Actors.Integrator, unmet.Arguments),
        Conformity.PendingCoverage when causes.Provisional is { } provisional => Make(StepCode.WaitForCertificate, Actors.Body, provisional.Body, provisional.Id),
        Conformity.Vulnerable => Make(StepCode.UpdateBoard, Actors.Integrator, string.Join(", ", causes.Advisories)),
        Conformity.SupportEnded when causes.SupportUntil is { } end => Make(StepCode.SupportEnded, Actors.Operator, Day(end)),
        _ => Worst(causes.Drift),
    };

    private static Guidance CertifyPatch(DateTimeOffset until) => until == DateTimeOffset.MaxValue
        ? Make(StepCode.CertifyPatch, Actors.Manufacturer)
        : Make(StepCode.CertifyPatchUntil, Actors.Manufacturer, string.Create(CultureInfo.InvariantCulture, $"{until.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z"));

    private static Guidance Ask(CoveringCertificate lapsed) => lapsed.Status switch
    {
        CertificateStatus.Suspended => Make(StepCode.CertificateSuspended, Actors.Body, lapsed.Body, lapsed.Id),
        CertificateStatus.Withdrawn => Make(StepCode.CertificateWithdrawn, Actors.Body, lapsed.Body, lapsed.Id),
        CertificateStatus.Revoked => Make(StepCode.CertificateRevoked, Actors.Body, lapsed.Body, lapsed.Id),
        CertificateStatus.Superseded => Make(StepCode.CertificateSuperseded, Actors.Body, lapsed.Body, lapsed.Id),
        _ => Make(StepCode.CertificateExpired, Actors.Body, lapsed.Body, lapsed.Id, Day(lapsed.ValidUntil)),
    };

    private static Guidance Worst(Drift drift)
    {
        foreach ((Drift cause, StepCode step) in ByDrift)
        {
            if (drift.HasFlag(cause))
            {
                return Make(step, Actors.Of(cause));
            }
        }

        return Make(StepCode.LookAtHistory, Actors.Operator);
    }

    private static Guidance Make(StepCode code, string responsible, params ReadOnlySpan<string> arguments) => new(code, [.. arguments], responsible);

    private static string Day(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
