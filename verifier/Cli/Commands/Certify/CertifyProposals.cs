using System.CommandLine;
using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Http;
using IotAttest.Cli.Options;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Commands.Certify;

/// <summary><c>certify proposals</c>: what waits for a second person, and what came of earlier proposals.</summary>
internal static class CertifyProposals
{
    private static readonly string[] Columns = ["proposal", "decision", "state", "proposedBy", "confirmBy", "until", "reason"];

    public static Command Create(CliContext context)
    {
        Argument<string> id = CertificateCall.Id();
        Option<bool> json = CommonOptions.Json();
        Command command = new("proposals", "Lists the last proposals about a certificate.") { id, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using VerifierClient client = server.Connect(context, parsed);
            JsonElement answer = await client.GetAsync(CertificateCall.PathOf(parsed.GetRequiredValue(id), "proposals"), cancellation);
            Report(context.Terminal, answer, parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }

    private static void Report(Terminal terminal, JsonElement answer, bool asJson)
    {
        if (asJson || answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("proposals", out JsonElement proposals))
        {
            terminal.WriteJson(answer);
            return;
        }

        terminal.WriteTable(Columns, proposals.EnumerateArray().Select(proposal => Columns.Select(column => JsonReport.Member(proposal, column) ?? "").ToArray()));
    }
}
