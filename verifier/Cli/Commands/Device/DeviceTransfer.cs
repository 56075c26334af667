using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Http;
using IotAttest.Cli.Keys;
using IotAttest.Cli.Options;
using IotAttest.Cli.Output;
using IotAttest.Domain.Devices;

namespace IotAttest.Cli.Commands.Device;

/// <summary><c>device transfer</c>: offers boards to another organisation under the signature of the one that has them.</summary>
internal static class DeviceTransfer
{
    private const string Route = "/v1/transfers";
    private const string MediaType = "application/cose";

    public static Command Create(CliContext context)
    {
        Argument<string> file = CommonOptions.FileArgument("The boards: a UEID, or an enrolment record, on each line.");
        Option<string> from = CommonOptions.Text("--from", "The organisation that has the boards and signs.");
        Option<string> to = CommonOptions.Text("--to", "The organisation that shall have them.");
        Option<string> key = CommonOptions.Path("--key", "The private key of the one that signs (PEM).");
        Option<TimeSpan> stands = DurationOption.Create("--for", "How long the offer stands, at most 90d.", TimeSpan.FromDays(30));
        Option<bool> json = CommonOptions.Json();
        Command command = new("transfer", "Offers boards to another organisation; it accepts with: device accept.") { file, from, to, key, stands, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            string[] ueids = UeidLines.Read(parsed.GetRequiredValue(file));
            using ECDsa signer = KeyFiles.ReadPrivate(parsed.GetRequiredValue(key));
            using VerifierClient client = server.Connect(context, parsed);
            DateTimeOffset now = DateTimeOffset.FromUnixTimeSeconds(context.Clock.GetUtcNow().ToUnixTimeSeconds());
            foreach (string[] part in ueids.Chunk(TransferStatement.MaxBoards))
            {
                TransferStatement statement = new(NewId(), parsed.GetRequiredValue(from), parsed.GetRequiredValue(to), now, now + parsed.GetRequiredValue(stands), part);
                JsonElement answer = await client.PostAsync(Route, statement.Sign(signer), MediaType, cancellation);
                Report(context.Terminal, answer, parsed.GetValue(json));
            }

            return ExitCode.Fine;
        });
        return command;
    }

    /// <summary>The fields that people want to see; the boards are in the file.</summary>
    public static void Report(Terminal terminal, JsonElement answer, bool asJson)
    {
        if (asJson)
        {
            terminal.WriteJson(answer);
            return;
        }

        string[] names = ["id", "state", "from", "to", "boards", "expiresAt"];
        terminal.WriteFields([.. names.Select(name => (name, JsonReport.Member(answer, name)))]);
    }

    private static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TransferStatement.IdBytes));
}
