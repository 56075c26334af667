using System.Globalization;
using IotAttest.Domain.Corim;

namespace IotAttest.Conformance;

/// <summary>What both readable forms say.</summary>
internal static class ReportText
{
    public const string Caveat =
        "A check that passes supports the requirements it names; it does not decide them. What no running board can show rests on documents and on the laboratory. Which check supports which requirement is this project's judgement.";

    public static string Headline(ConformanceReport report)
    {
        int failed = report.Count(CheckOutcome.Fail);
        string verdict = failed == 0 ? "No check failed" : failed == 1 ? "1 check FAILED" : $"{failed} checks FAILED";
        return $"{verdict}: {report.Count(CheckOutcome.Pass)} passed, {failed} failed, {report.Count(CheckOutcome.NotApplicable)} did not apply.";
    }

    public static IEnumerable<(string Name, string Value)> Facts(ConformanceReport report, Sha256Digest digest)
    {
        yield return ("Target", report.Target.Kind);
        foreach ((string name, string? value) in new[] { ("Board (UEID)", report.Target.Ueid), ("Product model (class)", report.Target.Class), ("Build", report.Target.Version), ("Manifest", report.Target.ManifestDigest) })
        {
            if (value is not null)
            {
                yield return (name, value);
            }
        }

        yield return ("Begun", Time(report.StartedAt));
        yield return ("Ended", Time(report.EndedAt));
        yield return ("Tool", $"iotattest {report.ToolVersion}");
        yield return ("Report as JSON", digest.ToString());
    }

    public static string Supports(CheckResult check) =>
        string.Join("; ", check.Requirements.GroupBy(requirement => requirement.Scheme).Select(scheme => $"{scheme.Key}: {string.Join(", ", scheme.Select(requirement => requirement.Id))}"));

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
