using System.CommandLine;
using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Http;
using IotAttest.Cli.Options;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Commands.Org;

/// <summary><c>org token</c>: a new API token for an organisation that lost its own, or for one of its persons.</summary>
internal static class OrgToken
{
    public static Command Create(CliContext context)
    {
        Option<string> name = CommonOptions.Text("--name", "The organisation, as it was registered.");
        Option<string?> person = CommonOptions.OptionalText("--person", "A person of the organisation, 1 to 64 of a-z, 0-9 and hyphen: the token is theirs, and only their earlier one ends.");
        Option<string?> tokenOut = CommonOptions.OptionalPath("--token-out", "Writes the token there, readable by you alone, instead of showing it.");
        Option<bool> force = CommonOptions.Force();
        Option<bool> json = CommonOptions.Json();
        Command command = new("token", "Makes a new API token for a registered organisation or one of its persons; shows it once. Without --person all earlier tokens of the organisation end.")
        {
            name, person, tokenOut, force, json,
            OrgTokenNew.Create(context), OrgTokenList.Create(context), OrgTokenRevoke.Create(context),
        };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            string organisation = parsed.GetRequiredValue(name);
            string? path = parsed.GetValue(tokenOut);
            using VerifierClient client = server.Connect(context, parsed);
            string route = $"/v1/organisations/{Uri.EscapeDataString(organisation)}";
            Task<JsonElement> AskAsync() => parsed.GetValue(person) is { } holder
                ? client.PostAsync($"{route}/persons", new { person = holder }, cancellation)
                : client.PostAsync($"{route}/token", new { }, cancellation);
            JsonElement answer = path is null ? await AskAsync() : await TokenFile.ReceiveAsync(path, parsed.GetValue(force), AskAsync);
            string token = JsonReport.Member(answer, "token")
                ?? throw CliException.Fault("an answer without a token", "the organisation's new token", "check that the verifier is as new as this tool");
            Report(context.Terminal, organisation, token, path, parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }

    private static void Report(Terminal terminal, string name, string token, string? path, bool asJson)
    {
        if (asJson)
        {
            terminal.WriteJson(new { name, token = path is null ? token : null, tokenFile = path });
            return;
        }

        terminal.WriteFields(("organisation", name), ("token", path ?? token));
    }
}
