using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;
using IotAttest.Cli.Http;
using IotAttest.Cli.Options;

namespace IotAttest.Cli.Commands.Log;

/// <summary><c>log fetch</c>: saves all entries of a log as JSON Lines, to be checked where there is no network.</summary>
internal static class LogFetch
{
    public static Command Create(CliContext context)
    {
        Option<string> output = CommonOptions.Path("--out", "Where to save the entries.");
        Option<bool> force = CommonOptions.Force();
        Option<bool> json = CommonOptions.Json();
        Command command = new("fetch", "Saves the entries of a verifier's log, one JSON object a line.") { output, force, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            string path = parsed.GetRequiredValue(output);
            OutputFile.RequireFree(parsed.GetValue(force), path);
            using VerifierClient client = server.Connect(context, parsed);
            string aside = $"{path}.new";
            int count = 0;
            await using (StreamWriter writer = new(OutputFile.Create(aside, isSecret: false)))
            {
                await foreach (JsonElement entry in LogDownload.FetchAsync(client, 0, cancellation))
                {
                    await writer.WriteLineAsync(JsonSerializer.Serialize(entry).AsMemory(), cancellation);
                    count++;
                }
            }

            File.Move(aside, path, overwrite: true);
            if (parsed.GetValue(json))
            {
                context.Terminal.WriteJson(new { entries = count, file = path });
            }
            else
            {
                context.Terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} entries in {path}"));
            }

            return ExitCode.Fine;
        });
        return command;
    }
}
