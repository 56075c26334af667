using System.CommandLine;
using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Http;
using IotAttest.Cli.Options;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Commands.Device;

/// <summary><c>device transfers</c>: transfers from and to the caller, newest first.</summary>
internal static class TransferList
{
    private static readonly string[] Members = ["id", "state", "from", "to", "boards", "expiresAt"];

    public static Command Create(CliContext context)
    {
        Option<bool> json = CommonOptions.Json();
        Command command = new("transfers", "Lists transfers from and to you, newest first.") { json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using VerifierClient client = server.Connect(context, parsed);
            JsonElement answer = await client.GetAsync("/v1/transfers", cancellation);
            if (parsed.GetValue(json))
            {
                context.Terminal.WriteJson(answer);
                return ExitCode.Fine;
            }

            context.Terminal.WriteTable(Members, answer.GetProperty("transfers").EnumerateArray().Select(transfer => Members.Select(name => JsonReport.Member(transfer, name) ?? "").ToArray()));
            return ExitCode.Fine;
        });
        return command;
    }
}
