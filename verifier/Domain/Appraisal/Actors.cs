namespace IotAttest.Domain.Appraisal;

/// <summary>Who is responsible for what: the actor beside every word of a verdict.</summary>
public static class Actors
{
    /// <summary>Makes the product and signs its builds.</summary>
    public const string Manufacturer = "manufacturer";

    /// <summary>Certifies it.</summary>
    public const string Body = "body";

    /// <summary>Runs boards in a fleet.</summary>
    public const string Integrator = "integrator";

    /// <summary>Runs this verifier.</summary>
    public const string Operator = "operator";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Manufacturer, Body, Integrator, Operator];

    /// <summary>Who acts on a conformity when no cause says more; empty for Conformant.</summary>
    public static string Of(Conformity conformity) => conformity switch
    {
        Conformity.Conformant => "",
        Conformity.Decommissioned or Conformity.SupportEnded => Operator,
        Conformity.CertificateNotInForce => Body,
        Conformity.PendingCoverage => Manufacturer,
        _ => Integrator,
    };

    /// <summary>Who acts on one class of drift.</summary>
    public static string Of(Drift drift) => drift is Drift.ClaimMismatch or Drift.UncertifiedUpdate ? Manufacturer : Integrator;

    /// <summary>Who acts on one condition.</summary>
    public static string Of(Conditions condition) => condition switch
    {
        Conditions.CertificateNotInForce or Conditions.Provisional => Body,
        Conditions.PendingCoverage or Conditions.ComponentNotInForce => Manufacturer,
        Conditions.SupportEnded or Conditions.SupportEnding => Operator,
        _ => Integrator,
    };
}
