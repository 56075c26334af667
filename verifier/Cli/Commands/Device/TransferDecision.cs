using System.CommandLine;
using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Http;
using IotAttest.Cli.Options;

namespace IotAttest.Cli.Commands.Device;

/// <summary><c>device accept|decline|withdraw</c>: what becomes of an offered transfer.</summary>
internal static class TransferDecision
{
    public static Command Create(CliContext context, string decision, string description)
    {
        Argument<string> id = new("TRANSFER") { Description = "32 hex digits, as shown by device transfers." };
        id.Validators.Add(result =>
        {
            string text = result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;
            if (text.Length != 32 || !text.All(char.IsAsciiHexDigitLower))
            {
                result.AddError($"'{text}' is no transfer: 32 lower-case hex digits");
            }
        });
        Option<string> reason = CommonOptions.Text("--reason", "Why; it is kept in the transfer's log.");
        Option<bool> json = CommonOptions.Json();
        Command command = new(decision, description) { id, reason, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using VerifierClient client = server.Connect(context, parsed);
            JsonElement answer = await client.PostAsync($"/v1/transfers/{parsed.GetRequiredValue(id)}/{decision}", new { reason = parsed.GetRequiredValue(reason) }, cancellation);
            DeviceTransfer.Report(context.Terminal, answer, parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }
}
