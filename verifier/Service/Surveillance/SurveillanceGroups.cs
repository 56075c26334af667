using IotAttest.Domain.Appraisal;

namespace IotAttest.Service.Surveillance;

/// <summary>The groups that a body looks at.</summary>
internal static class SurveillanceGroups
{
    public const string Unheard = "unheard";

    /// <summary>Groups of boards that were heard of, in the order in which they are shown.</summary>
    public static IReadOnlyList<string> Heard { get; } = ["conformant", "pending", "drifted", "silent", "other"];

    /// <summary>The group of a board, or null when it is no board in use.</summary>
    public static string? Of(Conformity conformity) => conformity switch
    {
        Conformity.Conformant => "conformant",
        Conformity.PendingCoverage => "pending",
        Conformity.Drifted or Conformity.Compromised => "drifted",
        Conformity.Stale => "silent",
        Conformity.CertificateNotInForce or Conformity.Vulnerable or Conformity.SupportEnded => "other",
        Conformity.Unknown => Unheard,
        _ => null,
    };
}
