using System.CommandLine;
using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;
using IotAttest.Cli.Http;
using IotAttest.Cli.Options;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Commands.Device;

/// <summary><c>device enrol</c>: makes boards known to a verifier.</summary>
internal static class DeviceEnrol
{
    private const string StandardInput = "-";
    private const string Route = "/v1/devices";
    private const int MaxRecordBytes = 8 * 1024;

    public static Command Create(CliContext context)
    {
        Argument<string> file = CommonOptions.FileArgument("One enrolment record (.json), or one on each line (any other name; - reads standard input).");
        Option<bool> json = CommonOptions.Json();
        Command command = new("enrol", "Enrols boards with a verifier.") { file, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            string path = parsed.GetRequiredValue(file);
            using VerifierClient client = server.Connect(context, parsed);
            if (path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            {
                JsonElement answer = await client.PostAsync(Route, InputFile.ReadBytes(path, MaxRecordBytes), "application/json", cancellation);
                JsonReport.Write(context.Terminal, answer, parsed.GetValue(json));
                return ExitCode.Fine;
            }

            using Stream lines = path == StandardInput ? context.Terminal.OpenInput() : InputFile.Open(path);
            EnrolmentTally tally = new(context.Terminal, parsed.GetValue(json));
            await EnrolLinesAsync(client, lines, tally, cancellation);
            return tally.Finish();
        });
        return command;
    }

    private static async Task EnrolLinesAsync(VerifierClient client, Stream lines, EnrolmentTally tally, CancellationToken cancellation)
    {
        await foreach (LineBatch batch in LineBatch.ReadAllAsync(lines, cancellation))
        {
            tally.Add(batch, await client.PostLinesAsync(Route, batch.Bytes, cancellation));
        }
    }
}
