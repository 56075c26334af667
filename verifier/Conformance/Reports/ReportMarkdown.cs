using System.Globalization;
using System.Text;
using IotAttest.Domain.Corim;

namespace IotAttest.Conformance;

/// <summary>Writes reports as Markdown.</summary>
public static class ReportMarkdown
{
    /// <param name="report">The report.</param>
    /// <param name="digest">SHA-256 over the JSON of the report.</param>
    public static string Write(ConformanceReport report, Sha256Digest digest)
    {
        ArgumentNullException.ThrowIfNull(report);
        StringBuilder text = new();
        text.Append("# Conformance report\n\n").Append(CultureInfo.InvariantCulture, $"**{ReportText.Headline(report)}**\n\n");
        foreach ((string name, string value) in ReportText.Facts(report, digest))
        {
            text.Append(CultureInfo.InvariantCulture, $"- {name}: `{Cell(value)}`\n");
        }

        foreach (ModuleResult module in report.Modules)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {Cell(module.Title)}\n\n| Check | Outcome | Seen | Expected | Supports |\n|---|---|---|---|---|\n");
            foreach (CheckResult check in module.Checks)
            {
                text.Append(CultureInfo.InvariantCulture, $"| `{check.Id}` {Cell(check.Title)} | {Mark(check.Finding.Outcome)} | {Cell(check.Finding.Seen)} | {Cell(check.Finding.Expected)} | {Cell(ReportText.Supports(check))} |\n");
            }
        }

        return text.Append(CultureInfo.InvariantCulture, $"\n{ReportText.Caveat}\n").ToString();
    }

    private static string Mark(CheckOutcome outcome) => outcome == CheckOutcome.Fail ? $"**{outcome.Text()}**" : outcome.Text();

    // Texts of a board or a manifest must neither end a cell nor become markup.
    private static string Cell(string text) => string.Concat(text.Select(letter => letter switch
    {
        '|' or '`' or '<' or '>' or '*' or '[' or ']' or '\\' => $"\\{letter}",
        _ when char.IsControl(letter) => " ",
        _ => letter.ToString(),
    }));
}
