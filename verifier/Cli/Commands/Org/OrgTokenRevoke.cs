using System.CommandLine;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Http;
using IotAttest.Cli.Options;

namespace IotAttest.Cli.Commands.Org;

/// <summary><c>org token revoke</c>: ends one token.</summary>
internal static class OrgTokenRevoke
{
    public static Command Create(CliContext context)
    {
        Option<string> name = CommonOptions.Text("--name", "The organisation, as it was registered.");
        Option<string> id = CommonOptions.Text("--id", "The id of the token, as 'org token list' shows it.");
        Option<bool> json = CommonOptions.Json();
        Command command = new("revoke", "Ends one API token of an organisation at once; the others go on.") { name, id, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            string token = parsed.GetRequiredValue(id);
            using VerifierClient client = server.Connect(context, parsed);
            await client.DeleteAsync($"{OrgTokenList.RouteOf(parsed.GetRequiredValue(name))}/{Uri.EscapeDataString(token)}", cancellation);
            if (parsed.GetValue(json))
            {
                context.Terminal.WriteJson(new { id = token, isRevoked = true });
            }
            else
            {
                context.Terminal.WriteFields(("revoked", token));
            }

            return ExitCode.Fine;
        });
        return command;
    }
}
