using System.CommandLine;
using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Http;
using IotAttest.Cli.Options;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Commands.Org;

/// <summary><c>org token new</c>: one more token, for a person or a program; the others go on.</summary>
internal static class OrgTokenNew
{
    public static Command Create(CliContext context)
    {
        Option<string> name = CommonOptions.Text("--name", "The organisation, as it was registered.");
        Option<string> tokenName = CommonOptions.Text("--token-name", "Who or what will hold it: 1 to 64 of a-z, 0-9 and hyphen. Histories and the audit log say it.");
        Option<string[]> roles = new Option<string[]>("--role") { Description = "What it may do; may stand several times. All that you may give when left out." }
            .AcceptOnlyFromAmong("manufacturer", "body", "laboratory", "integrator", "auditor");
        Option<DateTimeOffset?> until = TimeOption.End("--until", "When it ends; never when left out.");
        Option<string?> person = CommonOptions.OptionalText("--person", "The person of the organisation who will hold it, for decisions of two persons. Only the operator says so.");
        Option<string?> tokenOut = CommonOptions.OptionalPath("--token-out", "Writes the token there, readable by you alone, instead of showing it.");
        Option<bool> force = CommonOptions.Force();
        Option<bool> json = CommonOptions.Json();
        Command command = new("new", "Makes one more API token of an organisation; shows it once.") { name, tokenName, roles, until, person, tokenOut, force, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            object request = new
            {
                name = parsed.GetRequiredValue(tokenName),
                roles = parsed.GetValue(roles) ?? [],
                expiresAt = parsed.GetValue(until)?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
                person = parsed.GetValue(person),
            };
            string? path = parsed.GetValue(tokenOut);
            using VerifierClient client = server.Connect(context, parsed);
            Task<JsonElement> AskAsync() => client.PostAsync(OrgTokenList.RouteOf(parsed.GetRequiredValue(name)), request, cancellation);
            JsonElement answer = path is null ? await AskAsync() : await TokenFile.ReceiveAsync(path, parsed.GetValue(force), AskAsync);
            Report(context.Terminal, answer, path, parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }

    private static void Report(Terminal terminal, JsonElement answer, string? path, bool asJson)
    {
        string? id = JsonReport.Member(answer, "id");
        string? token = JsonReport.Member(answer, "token");
        if (asJson)
        {
            terminal.WriteJson(new { id, name = JsonReport.Member(answer, "name"), expiresAt = JsonReport.Member(answer, "expiresAt"), token = path is null ? token : null, tokenFile = path });
            return;
        }

        terminal.WriteFields(
            ("id", id),
            ("name", JsonReport.Member(answer, "name")),
            ("roles", JsonReport.Member(answer, "roles")),
            ("person", JsonReport.Member(answer, "person")),
            ("ends", JsonReport.Member(answer, "expiresAt") ?? "never"),
            ("token", path ?? token));
    }
}
