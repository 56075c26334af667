using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace IotAttest.Conformance;

/// <summary>Writes reports as JSON (docs/conformance-report.schema.json): members in one order, so that equal reports have equal bytes.</summary>
public static class ReportJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>UTF-8, ending in a line feed. The digest of a report is SHA-256 over exactly these bytes.</summary>
    public static byte[] Write(ConformanceReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArrayBufferWriter<byte> output = new();
        using (Utf8JsonWriter json = new(output, Options))
        {
            Write(json, report);
        }

        output.Write("\n"u8);
        return output.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, ConformanceReport report)
    {
        json.WriteStartObject();
        json.WriteString("format", ConformanceReport.Format);
        json.WriteStartObject("tool");
        json.WriteString("name", "iotattest");
        json.WriteString("version", report.ToolVersion);
        json.WriteEndObject();
        Write(json, report.Target);
        json.WriteString("startedAt", Text(report.StartedAt));
        json.WriteString("endedAt", Text(report.EndedAt));
        json.WriteStartObject("summary");
        json.WriteNumber("pass", report.Count(CheckOutcome.Pass));
        json.WriteNumber("fail", report.Count(CheckOutcome.Fail));
        json.WriteNumber("notApplicable", report.Count(CheckOutcome.NotApplicable));
        json.WriteEndObject();
        json.WriteStartArray("modules");
        foreach (ModuleResult module in report.Modules)
        {
            Write(json, module);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ReportTarget target)
    {
        json.WriteStartObject("target");
        json.WriteString("kind", target.Kind);
        WriteOptional(json, "ueid", target.Ueid);
        WriteOptional(json, "class", target.Class);
        WriteOptional(json, "manifestDigest", target.ManifestDigest);
        WriteOptional(json, "version", target.Version);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ModuleResult module)
    {
        json.WriteStartObject();
        json.WriteString("id", module.Id);
        json.WriteString("title", module.Title);
        json.WriteStartArray("checks");
        foreach (CheckResult check in module.Checks)
        {
            Write(json, check);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, CheckResult check)
    {
        json.WriteStartObject();
        json.WriteString("id", check.Id);
        json.WriteString("title", check.Title);
        json.WriteStartArray("requirements");
        foreach (Requirement requirement in check.Requirements)
        {
            json.WriteStartObject();
            json.WriteString("scheme", requirement.Scheme);
            json.WriteString("id", requirement.Id);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("outcome", check.Finding.Outcome.Word());
        json.WriteString("seen", check.Finding.Seen);
        json.WriteString("expected", check.Finding.Expected);
        json.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
