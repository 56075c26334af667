using System.Text.Json;

namespace IotAttest.Domain.Advisories;

/// <summary>The severity band of a vulnerability: the highest base score that is given, of CVSS 3.x where there is one.</summary>
internal static class CvssSeverity
{
    private const int MaxScores = 1_000;

    internal static AdvisorySeverity Of(JsonElement vulnerability, string path, AdvisoryFields fields)
    {
        AdvisorySeverity highest = AdvisorySeverity.Unknown;
        foreach ((JsonElement score, string place) in fields.Objects(vulnerability, path, "scores", MaxScores))
        {
            JsonElement? cvss = fields.OptionalObject(score, place, "cvss_v3") ?? fields.OptionalObject(score, place, "cvss_v2");
            if (cvss is not { } found)
            {
                continue;
            }

            AdvisorySeverity severity = BandOf(found);
            if (severity == AdvisorySeverity.Unknown)
            {
                fields.Fail(place + "baseScore", "no score", "a number from 0.0 to 10.0");
            }

            highest = severity > highest ? severity : highest;
        }

        return highest;
    }

    // CVSS v3.1 section 5. CVSS v2 has no bands of its own; these are used for it as well.
    private static AdvisorySeverity BandOf(JsonElement cvss) =>
        AdvisoryFields.Member(cvss, "baseScore") is { ValueKind: JsonValueKind.Number } score && score.TryGetDouble(out double value) && value is >= 0 and <= 10
            ? value switch
            {
                >= 9.0 => AdvisorySeverity.Critical,
                >= 7.0 => AdvisorySeverity.High,
                >= 4.0 => AdvisorySeverity.Medium,
                > 0.0 => AdvisorySeverity.Low,
                _ => AdvisorySeverity.None,
            }
            : AdvisorySeverity.Unknown;
}
