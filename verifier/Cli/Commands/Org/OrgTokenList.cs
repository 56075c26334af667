using System.CommandLine;
using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Http;
using IotAttest.Cli.Options;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Commands.Org;

/// <summary><c>org token list</c>: the tokens of an organisation, without the tokens themselves.</summary>
internal static class OrgTokenList
{
    public static Command Create(CliContext context)
    {
        Option<string> name = CommonOptions.Text("--name", "The organisation, as it was registered.");
        Option<bool> json = CommonOptions.Json();
        Command command = new("list", "Lists the API tokens of an organisation: what they may do, when they end, on which day they were last used.") { name, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using VerifierClient client = server.Connect(context, parsed);
            Report(context.Terminal, await client.GetAsync(RouteOf(parsed.GetRequiredValue(name)), cancellation), parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }

    public static string RouteOf(string organisation) => $"/v1/organisations/{Uri.EscapeDataString(organisation)}/tokens";

    private static void Report(Terminal terminal, JsonElement answer, bool asJson)
    {
        if (asJson || answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("tokens", out JsonElement tokens))
        {
            terminal.WriteJson(answer);
            return;
        }

        terminal.WriteTable(["id", "name", "roles", "person", "ends", "last used"], tokens.EnumerateArray().Select(RowOf));
    }

    private static string[] RowOf(JsonElement token) =>
    [
        JsonReport.Member(token, "id") ?? "",
        JsonReport.Member(token, "name") ?? "",
        JsonReport.Member(token, "roles") ?? "",
        JsonReport.Member(token, "person") ?? "",
        JsonReport.Member(token, "expiresAt") ?? "never",
        JsonReport.Member(token, "lastUsed") ?? "never",
    ];
}
