using System.CommandLine;
using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Http;
using IotAttest.Cli.Options;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Commands.Org;

/// <summary><c>org list</c>: who acts with a verifier.</summary>
internal static class OrgList
{
    public static Command Create(CliContext context)
    {
        Option<bool> json = CommonOptions.Json();
        Command command = new("list", "Lists the organisations of a verifier.") { json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using VerifierClient client = server.Connect(context, parsed);
            Report(context.Terminal, await client.GetAsync("/v1/organisations", cancellation), parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }

    private static void Report(Terminal terminal, JsonElement answer, bool asJson)
    {
        if (asJson || answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("organisations", out JsonElement organisations))
        {
            terminal.WriteJson(answer);
            return;
        }

        terminal.WriteTable(["organisation", "roles", "schemes", "key ids"], organisations.EnumerateArray().Select(RowOf));
    }

    private static string[] RowOf(JsonElement organisation) =>
    [
        JsonReport.Member(organisation, "name") ?? "",
        JsonReport.Member(organisation, "roles") ?? "",
        JsonReport.Member(organisation, "schemes") ?? "",
        organisation.TryGetProperty("keys", out JsonElement keys) ? string.Join(", ", keys.EnumerateArray().Select(key => JsonReport.Member(key, "kid"))) : "",
    ];
}
