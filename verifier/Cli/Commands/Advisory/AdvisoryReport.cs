using System.Text.Json;
using IotAttest.Cli.Commands.Build;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Commands.Advisory;

/// <summary>Shows an advisory: its fields, then the builds that it is about.</summary>
internal static class AdvisoryReport
{
    public static void Write(Terminal terminal, JsonElement answer, bool asJson)
    {
        if (asJson || !answer.TryGetProperty("advisory", out JsonElement advisory))
        {
            terminal.WriteJson(answer);
            return;
        }

        JsonReport.Write(terminal, advisory, asJson: false);
        WriteTable(terminal, answer, "vulnerabilities", ["id", "severity", "title", "remediation"]);
        WriteTable(terminal, answer, "builds", ["build", "manufacturer", "version", "vulnerability", "status", "standing", "level", "component"]);
        if (WriteTable(terminal, answer, "needsPerson", ["build", "version", "vulnerability", "status", "why"]))
        {
            terminal.WriteWarning("the statements in the last table may be about these builds: somebody has to look");
        }

        if (JsonReport.Member(answer, "unidentified") is { } names)
        {
            terminal.WriteWarning($"nothing names these products but their text: {names}");
        }
    }

    /// <summary>A table of a list of objects; false when there is none.</summary>
    public static bool WriteTable(Terminal terminal, JsonElement answer, string member, string[] columns)
    {
        if (!answer.TryGetProperty(member, out JsonElement list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
        {
            return false;
        }

        terminal.WriteTable(columns, list.EnumerateArray().Select(entry => AnswerTable.Row(entry, columns)));
        return true;
    }
}
