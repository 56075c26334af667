using System.CommandLine;
using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;
using IotAttest.Cli.Http;
using IotAttest.Cli.Options;

namespace IotAttest.Cli.Commands.Log;

/// <summary><c>log checkpoint</c>: keeps the state of a log, so that a later rewriting can be shown.</summary>
internal static class LogCheckpoint
{
    public static Command Create(CliContext context)
    {
        Option<string?> output = CommonOptions.OptionalPath("--out", "Where to keep it; printed when left out.");
        Option<bool> force = CommonOptions.Force();
        Command command = new("checkpoint", "Keeps the signed state of a verifier's log. Keep it where the verifier cannot write.") { output, force };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using VerifierClient client = server.Connect(context, parsed);
            string json = JsonSerializer.Serialize(await client.GetAsync("/v1/log/checkpoint", cancellation));
            if (parsed.GetValue(output) is { } path)
            {
                OutputFile.WriteText(path, json + "\n", isSecret: false, parsed.GetValue(force));
            }
            else
            {
                context.Terminal.Out.WriteLine(json);
            }

            return ExitCode.Fine;
        });
        return command;
    }
}
