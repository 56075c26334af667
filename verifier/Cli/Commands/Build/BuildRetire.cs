using System.CommandLine;
using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Http;
using IotAttest.Cli.Options;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Commands.Build;

/// <summary><c>build retire</c>: the manufacturer takes a build back for ever.</summary>
internal static class BuildRetire
{
    public static Command Create(CliContext context)
    {
        Argument<Guid> id = new("ID") { Description = "Id of the build (its CoRIM id)." };
        Option<string> reason = CommonOptions.Text("--reason", "Why; everybody can read it.");
        Option<bool> json = CommonOptions.Json();
        Command command = new("retire", "Takes a build back for ever: from now on no board may run it.") { id, reason, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            object request = new { reason = parsed.GetRequiredValue(reason) };
            using VerifierClient client = server.Connect(context, parsed);
            JsonElement answer = await client.PostAsync($"/v1/builds/{parsed.GetRequiredValue(id):D}/retire", request, cancellation);
            JsonReport.Write(context.Terminal, answer, parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }
}
