namespace IotAttest.Service.Web.Layout;

/// <summary>How a status looks. Never colour alone: each tone has a shape of its own, and the word stands beside it.</summary>
/// <param name="Tone">A class of the style sheet: good, wait, bad or past.</param>
/// <param name="Shape">The path of its shape in a square of 24 units.</param>
internal sealed record StatusLook(string Tone, string Shape)
{
    private const string Circle = "M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20z";
    private const string Triangle = "M12 2.500L22.500 21h-21z";
    private const string Square = "M3.500 3.500h17v17h-17z";

    private static readonly StatusLook Good = new("good", $"{Circle}M7.500 12.500l3 3.500l6-7.500");
    private static readonly StatusLook Caution = new("wait", $"{Triangle}M12 9v5M12 17.500v.1");
    private static readonly StatusLook Coming = new("info", $"{Circle}M12 2v20a10 10 0 0 0 0-20z");
    private static readonly StatusLook Bad = new("bad", $"{Square}M8.500 8.500l7 7M15.500 8.500l-7 7");
    private static readonly StatusLook Clock = new("past", $"{Circle}M12 6.500V12l4 2.500");
    private static readonly StatusLook Replaced = new("past", $"{Circle}M7.500 12h9M13 8.500l3.500 3.500l-3.500 3.500");
    private static readonly StatusLook Nothing = new("past", $"{Circle}M8.500 12h7");

    private static readonly StatusLook Differs = new("wait", "M12 1.500L22.500 12L12 22.500L1.500 12zM8 10h8M8 14h8M14 7.500l-4 9");
    private static readonly StatusLook Weak = new("wait", $"{Circle}M12 6.500v6.500M12 17v.1");
    private static readonly StatusLook Hourglass = new("wait", "M5 2.500h14M5 21.500h14M7 2.500c0 6 10 13 10 19M17 2.500c0 6-10 13-10 19");
    private static readonly StatusLook Question = new("past", $"{Circle}M9 9.500a3 3 0 1 1 3 3.200v1.300M12 17.500v.1");
    private static readonly StatusLook Off = new("past", $"{Square}M8 12h8");

    public static StatusLook Of(string status) => status switch
    {
        "Certified" or "covered" or "certified" or "deemed" or "conformant" or "holds" or "met" or "valid" or "L" or "accredited" or "fixed" or "build.mended" or "Conformant" or "same" or "Accepted" => Good,
        "Suspended" or "other" or "medium" or "ending" or "build.vulnerable" or "product.support-ending" or "advisory.published" or "advisory.updated" or "appeal.open"
            or "CertificateNotInForce" or "stopped" => Caution,
        "NotBegun" or "NotIssued" or "pending" or "submitted" or "streamlined" or "Applied" or "UnderEvaluation" or "Provisional" or "P" or "low" or "embargoed"
            or "PendingCoverage" or "Offered" => Coming,
        "Withdrawn" or "Revoked" or "withdrawn" or "drifted" or "fails" or "overdue" or "Refused" or "critical" or "high" or "affected"
            or "Compromised" or "different" or "refused" or "failed" or "Declined" => Bad,
        "Expired" or "silent" or "running" or "waiting" or "ended" or "product.support-ended" or "expired" or "Stale" => Clock,
        "Drifted" or "missing" or "extra" => Differs,
        "Vulnerable" => Weak,
        "SupportEnded" => Hourglass,
        "Unknown" or "unsaid" => Question,
        "Decommissioned" => Off,
        "Superseded" or "retired" => Replaced,
        _ => Nothing,
    };
}
