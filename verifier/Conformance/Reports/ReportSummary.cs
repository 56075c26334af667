using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace IotAttest.Conformance;

/// <summary>What whoever keeps reports needs of one, read from its JSON; counted from its checks, never taken from its own sums.</summary>
/// <param name="ToolVersion">Version of the tool.</param>
/// <param name="TargetKind">simulated, mqtt, manifest or evidence.</param>
/// <param name="ManifestDigest">The manifest that was tested, as <c>sha256:</c> and hex; null when the report names none.</param>
/// <param name="Pass">Checks that passed.</param>
/// <param name="Fail">Checks that failed.</param>
/// <param name="NotApplicable">Checks that did not apply.</param>
public sealed record ReportSummary(string ToolVersion, string TargetKind, string? ManifestDigest, int Pass, int Fail, int NotApplicable)
{
    private const int MaxDepth = 8;
    private const int MaxModules = 32;
    private const int MaxChecks = 500;
    private const int MaxWord = 80;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };
    private static readonly string[] Kinds = ["simulated", "mqtt", "manifest", "evidence"];

    /// <summary>Reads a report from anybody.</summary>
    /// <param name="json">The file.</param>
    /// <param name="summary">What it says, or null.</param>
    /// <param name="error">What was seen where, or null.</param>
    /// <returns>True for a report of this format.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> json, [NotNullWhen(true)] out ReportSummary? summary, [NotNullWhen(false)] out string? error)
    {
        summary = null;
        if (json.Length > ConformanceReport.MaxBytes)
        {
            error = $"{json.Length} bytes, more than {ConformanceReport.MaxBytes}";
            return false;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Strict);
            error = Read(document.RootElement, out summary);
        }
        catch (JsonException cause)
        {
            error = $"no JSON that can be read ({cause.Message})";
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, written as an escape: valid JSON, no text.
            error = "a text that is no valid Unicode";
        }

        summary = error is null ? summary : null;
        return summary is not null;
    }

    private static string? Read(JsonElement root, out ReportSummary? summary)
    {
        summary = null;
        if (Text(root, "format") != ConformanceReport.Format)
        {
            return $"\"format\" is not {ConformanceReport.Format}";
        }

        string? version = Member(root, "tool") is { } tool ? Text(tool, "version") : null;
        JsonElement target = Member(root, "target") ?? default;
        string? kind = Text(target, "kind");
        if (version is null || kind is null || !Kinds.Contains(kind))
        {
            return "no tool.version, or no target.kind of this format";
        }

        if (ReadChecks(root, out List<CheckOutcome> outcomes) is { } error)
        {
            return error;
        }

        summary = new ReportSummary(version, kind, Text(target, "manifestDigest"), CountOf(CheckOutcome.Pass), CountOf(CheckOutcome.Fail), CountOf(CheckOutcome.NotApplicable));
        return CheckSums(root, summary);

        int CountOf(CheckOutcome outcome) => outcomes.Count(found => found == outcome);
    }

    private static string? ReadChecks(JsonElement root, out List<CheckOutcome> outcomes)
    {
        outcomes = [];
        if (Array(root, "modules", MaxModules) is not { } modules)
        {
            return $"\"modules\" is no array of 1 to {MaxModules}";
        }

        foreach (JsonElement module in modules.EnumerateArray())
        {
            if (Array(module, "checks", MaxChecks) is not { } checks)
            {
                return $"\"checks\" of a module is no array of 1 to {MaxChecks}";
            }

            foreach (JsonElement check in checks.EnumerateArray())
            {
                if (Text(check, "id") is null || OutcomeWords.Parse(Text(check, "outcome")) is not { } outcome)
                {
                    return "a check without \"id\", or with an \"outcome\" other than pass, fail and not-applicable";
                }

                outcomes.Add(outcome);
            }
        }

        return outcomes.Count > MaxChecks ? $"{outcomes.Count} checks, more than {MaxChecks}" : null;
    }

    // A report that adds up wrongly was changed by hand.
    private static string? CheckSums(JsonElement root, ReportSummary counted)
    {
        JsonElement sums = Member(root, "summary") ?? default;
        return Number(sums, "pass") == counted.Pass && Number(sums, "fail") == counted.Fail && Number(sums, "notApplicable") == counted.NotApplicable
            ? null
            : $"\"summary\" differs from the checks: {counted.Pass} pass, {counted.Fail} fail, {counted.NotApplicable} not applicable";
    }

    private static JsonElement? Member(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value) ? value : null;

    private static string? Text(JsonElement json, string name) =>
        Member(json, name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 and <= MaxWord } text && !text.Any(char.IsControl) ? text : null;

    private static int? Number(JsonElement json, string name) => Member(json, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out int number) ? number : null;

    private static JsonElement? Array(JsonElement json, string name, int max) =>
        Member(json, name) is { ValueKind: JsonValueKind.Array } value && value.GetArrayLength() >= 1 && value.GetArrayLength() <= max ? value : null;
}
