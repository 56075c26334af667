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

    public static StatusLook Of(string status) => status switch
    {
        "Certified" or "covered" or "certified" or "deemed" or "conformant" or "holds" or "L" or "accredited" or "fixed" or "build.mended" or "met" or "valid" => Good,
        "Suspended" or "other" or "medium" or "ending" or "build.vulnerable" or "product.support-ending" or "advisory.published" or "advisory.updated" or "appeal.open" => Caution,
        "NotBegun" or "NotIssued" or "pending" or "submitted" or "streamlined" or "Provisional" or "Applied" or "UnderEvaluation" or "P" or "low" or "embargoed" => Coming,
        "Withdrawn" or "Revoked" or "withdrawn" or "drifted" or "fails" or "critical" or "high" or "affected" or "overdue" or "Refused" => Bad,
        "Expired" or "silent" or "ended" or "product.support-ended" or "expired" or "running" or "waiting" => Clock,
        "Superseded" or "retired" => Replaced,
        _ => Nothing,
    };
}
