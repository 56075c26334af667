using System.CommandLine;
using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Http;
using IotAttest.Cli.Options;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Commands.Case;

/// <summary>Calls about one case.</summary>
internal static class CaseCall
{
    private static readonly string[] ClockColumns = ["name", "dueAt", "metAt", "isOverdue"];

    public static Argument<long> Id() => new("CASE") { Description = "The number of the case." };

    public static string PathOf(long id) => FormattableString.Invariant($"/v1/cases/{id}");

    /// <summary>A command that does something in a case.</summary>
    public static Command CreateAction(CliContext context, string action, string description, Option[] options, Action<ParseResult, Dictionary<string, object>> complete)
    {
        Argument<long> id = Id();
        Option<bool> json = CommonOptions.Json();
        Command command = new(action, description) { id };
        foreach (Option option in options)
        {
            command.Options.Add(option);
        }

        command.Options.Add(json);
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            Dictionary<string, object> request = new() { ["action"] = action };
            complete(parsed, request);
            using VerifierClient client = server.Connect(context, parsed);
            Report(context.Terminal, await client.PostAsync($"{PathOf(parsed.GetRequiredValue(id))}/actions", request, cancellation), parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }

    /// <summary>The case, and its clocks as a table.</summary>
    public static void Report(Terminal terminal, JsonElement answer, bool asJson)
    {
        JsonReport.Write(terminal, answer, asJson);
        if (!asJson && answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("clocks", out JsonElement clocks))
        {
            terminal.WriteTable(ClockColumns, clocks.EnumerateArray().Select(clock => ClockColumns.Select(column => JsonReport.Member(clock, column) ?? "").ToArray()));
        }
    }
}
