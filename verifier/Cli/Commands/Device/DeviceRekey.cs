using System.CommandLine;
using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Http;
using IotAttest.Cli.Keys;
using IotAttest.Cli.Options;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Commands.Device;

/// <summary><c>device rekey</c>: a board gets a new attestation key and transport credential.</summary>
internal static class DeviceRekey
{
    public static Command Create(CliContext context)
    {
        Argument<string> ueid = UeidArgument.Create();
        Option<string> key = CommonOptions.Path("--key", "The new key: public PEM or JWK (P-256), or 64 hex digits (HMAC).");
        Option<string> reason = CommonOptions.Text("--reason", "Why; it is kept in the board's history.");
        Option<bool> json = CommonOptions.Json();
        Command command = new("rekey", "Gives a board a new attestation key and a new MQTT credential, which is shown once.") { ueid, key, reason, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            string keyPath = parsed.GetRequiredValue(key);
            using CheckKeys keys = CheckKeys.Read(keyPath);
            object request = new { key = EnrolmentKey.Of(keys, keyPath), reason = parsed.GetRequiredValue(reason) };
            using VerifierClient client = server.Connect(context, parsed);
            JsonElement answer = await client.PostAsync($"/v1/devices/{parsed.GetRequiredValue(ueid)}/rekey", request, cancellation);
            JsonReport.Write(context.Terminal, answer, parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }
}
