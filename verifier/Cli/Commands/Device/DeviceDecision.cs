using System.CommandLine;
using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Http;
using IotAttest.Cli.Options;

namespace IotAttest.Cli.Commands.Device;

/// <summary><c>device decommission|clear</c>: decisions about one board, with a reason.</summary>
internal static class DeviceDecision
{
    public static Command Create(CliContext context, string decision, string description)
    {
        Argument<string> ueid = UeidArgument.Create();
        Option<string> reason = CommonOptions.Text("--reason", "Why; it is kept in the board's history.");
        Option<bool> json = CommonOptions.Json();
        Command command = new(decision, description) { ueid, reason, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            object request = new { reason = parsed.GetRequiredValue(reason) };
            using VerifierClient client = server.Connect(context, parsed);
            JsonElement answer = await client.PostAsync($"/v1/devices/{parsed.GetRequiredValue(ueid)}/{decision}", request, cancellation);
            DeviceReport.Write(context.Terminal, answer, parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }
}
