using System.CommandLine;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Http;
using IotAttest.Cli.Options;

namespace IotAttest.Cli.Commands.Case;

/// <summary><c>case show</c>: one case with its clocks.</summary>
internal static class CaseShow
{
    public static Command Create(CliContext context)
    {
        Argument<long> id = CaseCall.Id();
        Option<bool> json = CommonOptions.Json();
        Command command = new("show", "Shows a case; --json with its history.") { id, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using VerifierClient client = server.Connect(context, parsed);
            CaseCall.Report(context.Terminal, await client.GetAsync(CaseCall.PathOf(parsed.GetRequiredValue(id)), cancellation), parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }
}
