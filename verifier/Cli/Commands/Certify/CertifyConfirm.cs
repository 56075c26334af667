using System.CommandLine;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Http;
using IotAttest.Cli.Options;

namespace IotAttest.Cli.Commands.Certify;

/// <summary><c>certify confirm</c>: the second person takes what the first one proposed.</summary>
internal static class CertifyConfirm
{
    public static Command Create(CliContext context)
    {
        Argument<string> id = CertificateCall.Id();
        Option<long> proposal = NumberOption.Create("--proposal", "The number of the proposal, as certify proposals shows it.", 1, long.MaxValue);
        Option<bool> json = CommonOptions.Json();
        Command command = new("confirm", "Confirms what another person of the body proposed; it takes effect at once.") { id, proposal, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            Dictionary<string, object> request = new() { ["decision"] = "confirm", ["proposal"] = parsed.GetRequiredValue(proposal) };
            using VerifierClient client = server.Connect(context, parsed);
            await CertificateCall.DecideAsync(context, client, parsed.GetRequiredValue(id), request, parsed.GetValue(json), cancellation);
            return ExitCode.Fine;
        });
        return command;
    }
}
