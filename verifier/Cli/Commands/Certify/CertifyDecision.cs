using System.CommandLine;
using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Http;
using IotAttest.Cli.Options;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Commands.Certify;

/// <summary><c>certify suspend|resume|withdraw|revoke</c>: a decision of the body, never without a reason.</summary>
internal static class CertifyDecision
{
    public static Command Create(CliContext context, string decision, string description)
    {
        Argument<string> id = new("ID") { Description = "The certificate's id." };
        Option<string> reason = CommonOptions.Text("--reason", "Why; everybody can read it.");
        Option<bool> json = CommonOptions.Json();
        Command command = new(decision, description) { id, reason, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            object request = new { decision, reason = parsed.GetRequiredValue(reason) };
            using VerifierClient client = server.Connect(context, parsed);
            string path = $"/v1/certificates/{Uri.EscapeDataString(parsed.GetRequiredValue(id))}/decisions";
            JsonElement answer = await client.PostAsync(path, request, cancellation);
            JsonReport.Write(context.Terminal, answer, parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }
}
