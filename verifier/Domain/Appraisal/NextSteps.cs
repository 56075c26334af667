using System.Globalization;
using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Domain.Appraisal;

/// <summary>Who should do what, in plain words; the most serious cause speaks.</summary>
internal static class NextSteps
{
    private const string Manufacturer = "manufacturer";
    private const string Body = "body";
    private const string Integrator = "integrator";
    private const string Operator = "operator";

    private static readonly (Drift Drift, string Responsible, string Step)[] ByDrift =
    [
        (Drift.IdentityConflict, Integrator, "Isolate the board: two boards use its identity, or it was wound back. Find the copy, then clear the conflict with a reason."),
        (Drift.UnknownMeasurement, Integrator, "Isolate the board: it runs, or ran, firmware that the manufacturer never signed for this product. Ask the manufacturer to investigate; flashing the certified build alone does not clear this."),
        (Drift.BootNotSecured, Integrator, "Isolate the board: secure boot did not verify what it runs. Ask the manufacturer for a locked board."),
        (Drift.StaleEvidence, Integrator, "Check power and network of the board: no fresh evidence came within the allowed time."),
        (Drift.Rollback, Integrator, "Flash the current certified build: the board runs an older one than it may."),
        (Drift.OtherModelBuild, Integrator, "Flash the build of this product: the board runs a build of another one."),
        (Drift.MixedBuild, Integrator, "Flash one certified build as a whole: the parts on the board come from different builds."),
        (Drift.ClaimMismatch, Manufacturer, "Compare enrolment, manifest and agent settings: the board reports components, class or maker that were not agreed."),
        (Drift.ConfigDrift, Integrator, "Restore the certified configuration."),
        (Drift.RegionResidue, Integrator, "Erase the deployment region and flash the certified build again."),
        (Drift.DebugEnabled, Integrator, "Close the debug port of the board."),
        (Drift.UncertifiedUpdate, Manufacturer, "Have this build certified, or flash a certified one."),
    ];

    public static string For(Conformity conformity, StepCauses causes) => conformity switch
    {
        Conformity.Conformant when causes.PatchUntil is { } until => CertifyPatch(until),
        Conformity.Conformant => "Nothing to do.",
        Conformity.Decommissioned => "Nothing to do: the board is out of service.",
        Conformity.CertificateNotInForce when causes.Lapsed is not null => Ask(causes.Lapsed),
        Conformity.CertificateNotInForce => "Ask the certification body: no certificate for this build is in force.",
        Conformity.Unknown when causes.Drift == Drift.None => "Switch the board on and let it attest.",
        Conformity.Unknown => "Submit a build manifest for this product: there is nothing to compare the board with.",
        Conformity.PendingCoverage when causes.Provisional is { } provisional => $"Wait for {WhoIssued(provisional)}: certificate {provisional.Id} is provisional.",
        Conformity.Vulnerable => $"Update the board: its build is affected by {string.Join(", ", causes.Advisories)}.",
        Conformity.SupportEnded => $"Plan a replacement: support of this product ended{(causes.SupportUntil is { } end ? $" on {Day(end)}" : "")}.",
        _ => Worst(causes.Drift)?.Step ?? "Look at the history of the board.",
    };

    public static string ResponsibleFor(Conformity conformity, StepCauses causes) => conformity switch
    {
        Conformity.Conformant when causes.PatchUntil is not null => Manufacturer,
        Conformity.Conformant => "",
        Conformity.Decommissioned or Conformity.SupportEnded => Operator,
        Conformity.CertificateNotInForce => Body,
        Conformity.PendingCoverage when causes.Provisional is not null => Body,
        Conformity.Vulnerable => Integrator,
        Conformity.Unknown => causes.Drift == Drift.None ? Integrator : Manufacturer,
        _ => Worst(causes.Drift)?.Responsible ?? Operator,
    };

    private static string CertifyPatch(DateTimeOffset until) => until == DateTimeOffset.MaxValue
        ? "Have this build certified: it counts as a patch of a certified one."
        : string.Create(CultureInfo.InvariantCulture, $"Have this build certified: it counts as a patch of a certified one until {until.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z.");

    private static string Ask(CoveringCertificate lapsed)
    {
        string what = lapsed.Status switch
        {
            CertificateStatus.Suspended => "is suspended",
            CertificateStatus.Withdrawn => "is withdrawn",
            CertificateStatus.Revoked => "is revoked",
            CertificateStatus.Superseded => "is superseded",
            _ => $"expired on {Day(lapsed.ValidUntil)}",
        };
        return $"Ask {WhoIssued(lapsed)}: certificate {lapsed.Id} {what}.";
    }

    private static string WhoIssued(CoveringCertificate certificate) => certificate.Body.Length > 0 ? certificate.Body : "the certification body";

    private static string Day(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static (Drift Drift, string Responsible, string Step)? Worst(Drift drift)
    {
        foreach ((Drift Drift, string Responsible, string Step) entry in ByDrift)
        {
            if (drift.HasFlag(entry.Drift))
            {
                return entry;
            }
        }

        return null;
    }
}
