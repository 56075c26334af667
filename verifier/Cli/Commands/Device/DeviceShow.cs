using System.CommandLine;
using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Http;
using IotAttest.Cli.Options;

namespace IotAttest.Cli.Commands.Device;

/// <summary><c>device show</c>: what the verifier says of a board.</summary>
internal static class DeviceShow
{
    public static Command Create(CliContext context)
    {
        Argument<string> ueid = UeidArgument.Create();
        Option<bool> json = CommonOptions.Json();
        Command command = new("show", "Shows what the verifier says of a board.") { ueid, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using VerifierClient client = server.Connect(context, parsed);
            JsonElement device = await client.GetAsync($"/v1/devices/{parsed.GetRequiredValue(ueid)}", cancellation);
            DeviceReport.Write(context.Terminal, device, parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }
}
