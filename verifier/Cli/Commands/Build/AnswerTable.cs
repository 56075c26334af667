using System.Text.Json;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Commands.Build;

/// <summary>Rows of an answer as cells of a table.</summary>
internal static class AnswerTable
{
    public static string[] Row(JsonElement entry, params string[] members) => [.. members.Select(member => JsonReport.Member(entry, member) ?? "-")];
}
