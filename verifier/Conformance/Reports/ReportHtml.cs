using System.Globalization;
using System.Net;
using System.Text;
using IotAttest.Domain.Corim;

namespace IotAttest.Conformance;

/// <summary>Writes reports as one HTML file that needs nothing else: no scripts, no fonts, no pictures; readable aloud and on paper.</summary>
public static class ReportHtml
{
    // Outcomes are told by words first; colour only helps. All pairs of colours have a contrast of 4.5 or more.
    private const string Style = """
        :root{color-scheme:light}body{font:16px/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff;max-width:72rem;margin:0 auto;padding:1rem}
        h1{font-size:1.6rem}h2{font-size:1.25rem;margin-top:2rem}dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dt{font-weight:600}dd{margin:0;overflow-wrap:anywhere}
        table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:600;padding:.3rem 0}th,td{border:1px solid #767676;padding:.35rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
        th{background:#f0f0f0}td.pass{color:#0b5a1e}td.fail{color:#8f0000;font-weight:700}td.not-applicable{color:#4a4a4a}.scroll{overflow-x:auto}.small{font-size:.9rem}
        @media print{body{font-size:10pt;max-width:none}tr{break-inside:avoid}.scroll{overflow:visible}}
        """;

    /// <param name="report">The report.</param>
    /// <param name="digest">SHA-256 over the JSON of the report.</param>
    public static string Write(ConformanceReport report, Sha256Digest digest)
    {
        ArgumentNullException.ThrowIfNull(report);
        StringBuilder html = new();
        html.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Conformance report</title>\n<style>\n")
            .Append(Style).Append("\n</style>\n</head>\n<body>\n<main>\n<h1>Conformance report</h1>\n")
            .Append(CultureInfo.InvariantCulture, $"<p><strong>{Text(ReportText.Headline(report))}</strong></p>\n<dl>\n");
        foreach ((string name, string value) in ReportText.Facts(report, digest))
        {
            html.Append(CultureInfo.InvariantCulture, $"<dt>{Text(name)}</dt><dd>{Text(value)}</dd>\n");
        }

        html.Append("</dl>\n");
        foreach (ModuleResult module in report.Modules)
        {
            Write(html, module);
        }

        return html.Append(CultureInfo.InvariantCulture, $"<p class=\"small\">{Text(ReportText.Caveat)}</p>\n</main>\n</body>\n</html>\n").ToString();
    }

    private static void Write(StringBuilder html, ModuleResult module)
    {
        html.Append(CultureInfo.InvariantCulture, $"<h2>{Text(module.Title)}</h2>\n<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{Text(module.Title)}\">\n<table>\n<caption>Checks of module {Text(module.Id)}</caption>\n");
        html.Append("<thead><tr><th scope=\"col\">Check</th><th scope=\"col\">Outcome</th><th scope=\"col\">Seen</th><th scope=\"col\">Expected</th><th scope=\"col\">Supports</th></tr></thead>\n<tbody>\n");
        foreach (CheckResult check in module.Checks)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Text(check.Title)}<br><code>{Text(check.Id)}</code></th><td class=\"{check.Finding.Outcome.Word()}\">{check.Finding.Outcome.Text()}</td>")
                .Append(CultureInfo.InvariantCulture, $"<td>{Text(check.Finding.Seen)}</td><td>{Text(check.Finding.Expected)}</td><td class=\"small\">{Text(ReportText.Supports(check))}</td></tr>\n");
        }

        html.Append("</tbody>\n</table>\n</div>\n");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)));
}
