using System.Buffers.Text;
using System.CommandLine;
using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;
using IotAttest.Cli.Http;
using IotAttest.Cli.Options;
using IotAttest.Cli.Output;
using IotAttest.Protocol;

namespace IotAttest.Cli.Commands.Device;

/// <summary><c>device enrol</c>: makes boards known to a verifier.</summary>
internal static class DeviceEnrol
{
    private const string StandardInput = "-";
    private const string Route = "/v1/devices";
    private const int MaxRecordBytes = 8 * 1024;
    private const int MaxPemBytes = 24 * 1024;

    private const int MaxTries = 6;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    public static Command Create(CliContext context)
    {
        Argument<string> file = CommonOptions.FileArgument("One enrolment record (.json), a device certificate with its chain (.pem), or one record on each line (any other name; - reads standard input).");
        Option<long> fromLine = NumberOption.Create("--from-line", "Lines only: begins there, to go on where a run ended.", 1, int.MaxValue, 1);
        Option<string?> organisation = CommonOptions.OptionalText("--organisation", "A certificate only: the manufacturer.");
        Option<string?> proof = CommonOptions.OptionalPath("--proof", "A certificate only: evidence of the board over a challenge, for whoever is not its manufacturer.");
        Option<bool> json = CommonOptions.Json();
        Command command = new("enrol", "Enrols boards with a verifier.") { file, fromLine, organisation, proof, json };
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

            if (path.EndsWith(".pem", StringComparison.OrdinalIgnoreCase))
            {
                JsonElement answer = await client.PostAsync($"{Route}/idevid", CertificateRequest(path, parsed.GetValue(organisation), parsed.GetValue(proof)), cancellation);
                JsonReport.Write(context.Terminal, answer, parsed.GetValue(json));
                return ExitCode.Fine;
            }

            using Stream lines = path == StandardInput ? context.Terminal.OpenInput() : InputFile.Open(path);
            EnrolmentTally tally = new(context.Terminal, parsed.GetValue(json));
            await foreach (LineBatch batch in LineBatch.ReadAllAsync(lines, (int)parsed.GetRequiredValue(fromLine), cancellation))
            {
                await EnrolAsync(context, client, batch, tally, cancellation);
            }

            return tally.Finish();
        });
        return command;
    }

    private static Dictionary<string, object> CertificateRequest(string path, string? organisation, string? proof)
    {
        Dictionary<string, object> request = new()
        {
            ["organisation"] = organisation ?? throw CliException.WrongUsage("a certificate without --organisation", "the manufacturer whose root it leads to", "add --organisation NAME"),
            ["pem"] = InputFile.ReadText(path, MaxPemBytes),
        };
        if (proof is not null)
        {
            request["proof"] = Base64Url.EncodeToString(InputFile.ReadBytes(proof, EvidenceProfile.MaxEvidenceBytes));
        }

        return request;
    }

    // A line that is enrolled already is answered as such: sending a batch again does no harm.
    private static async Task EnrolAsync(CliContext context, VerifierClient client, LineBatch batch, EnrolmentTally tally, CancellationToken cancellation)
    {
        TimeSpan pause = FirstPause;
        for (int attempt = 1; !await TryEnrolAsync(context, client, batch, tally, isLast: attempt == MaxTries, cancellation); attempt++)
        {
            if (attempt == MaxTries)
            {
                throw Stopped(batch);
            }

            context.Terminal.WriteNote($"interrupted; sending the lines from {batch.FirstLine} on again");
            await Task.Delay(pause, cancellation);
            pause *= 2;
        }
    }

    private static async Task<bool> TryEnrolAsync(CliContext context, VerifierClient client, LineBatch batch, EnrolmentTally tally, bool isLast, CancellationToken cancellation)
    {
        string[] replies;
        try
        {
            replies = await client.PostLinesAsync(Route, batch.Bytes, cancellation);
        }
        catch (CliException fault) when (fault.ExitCode == ExitCode.Fault && !isLast)
        {
            context.Terminal.WriteNote(fault.Message);
            return false;
        }

        return tally.TryAdd(batch, replies);
    }

    private static CliException Stopped(LineBatch batch) => CliException.Fault(
        $"fewer replies than records from line {batch.FirstLine} on, {MaxTries} times", "one reply for each record", $"look at the verifier and go on with --from-line {batch.FirstLine}: boards that are enrolled already stay as they are");
}
