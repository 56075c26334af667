using System.CommandLine;
using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Http;
using IotAttest.Cli.Options;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Commands.Case;

/// <summary><c>case list</c>: cases that you may see; those with a clock that is over say so.</summary>
internal static class CaseList
{
    private static readonly string[] Columns = ["id", "type", "state", "isOverdue", "certificate", "application", "assigned", "summary"];

    public static Command Create(CliContext context)
    {
        Option<string?> type = CommonOptions.OptionalText("--type", "nonConformity, appeal, complaint or renewal.");
        Option<string?> state = CommonOptions.OptionalText("--state", "open or decided.");
        Option<bool> json = CommonOptions.Json();
        Command command = new("list", "Lists the cases that you may see.") { type, state, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using VerifierClient client = server.Connect(context, parsed);
            Report(context.Terminal, await client.GetAsync($"/v1/cases?limit=1000{Query("type", parsed.GetValue(type))}{Query("state", parsed.GetValue(state))}", cancellation), parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }

    private static string Query(string name, string? value) => value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";

    private static void Report(Terminal terminal, JsonElement answer, bool asJson)
    {
        if (asJson || answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("cases", out JsonElement cases))
        {
            terminal.WriteJson(answer);
            return;
        }

        terminal.WriteTable(Columns, cases.EnumerateArray().Select(item => Columns.Select(column => JsonReport.Member(item, column) ?? "").ToArray()));
    }
}
