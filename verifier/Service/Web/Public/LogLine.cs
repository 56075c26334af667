using System.Text;
using System.Text.Json;
using IotAttest.Service.Transparency;

namespace IotAttest.Service.Web.Public;

/// <summary>An entry of the log as a line to read.</summary>
/// <param name="Kind">The kind of the entry.</param>
/// <param name="Name">What it is about.</param>
/// <param name="Path">Where that is shown; null where nowhere.</param>
/// <param name="Json">What was hashed, where it is JSON; null for a signed file.</param>
internal sealed record LogLine(string Kind, string Name, string? Path, string? Json)
{
    private static readonly (string Member, Func<string, string> Path)[] Members =
    [
        ("certificate", PageLink.Certificate), ("build", PageLink.Build),
    ];

    public static LogLine Of(LogRow row)
    {
        switch (row.Kind)
        {
            case TransparencyLog.BuildKind:
                return new LogLine(row.Kind, row.Ref, PageLink.Build(row.Ref), null);
            case TransparencyLog.CertificateKind:
                return new LogLine(row.Kind, row.Ref, PageLink.Certificate(row.Ref), null);
            default:
                return OfJson(row);
        }
    }

    // Written by this program's own triggers, so it is JSON; null only for a row that somebody deleted.
    private static LogLine OfJson(LogRow row)
    {
        string json = Encoding.UTF8.GetString(row.Entry ?? "{}"u8);
        using JsonDocument document = JsonDocument.Parse(json);
        foreach ((string member, Func<string, string> path) in Members)
        {
            if (document.RootElement.TryGetProperty(member, out JsonElement value))
            {
                return new LogLine(row.Kind, value.GetString()!, path(value.GetString()!), json);
            }
        }

        return new LogLine(row.Kind, document.RootElement.TryGetProperty("organisation", out JsonElement who) ? who.GetString()! : row.Ref, null, json);
    }
}
