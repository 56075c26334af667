using System.CommandLine;
using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Http;
using IotAttest.Cli.Options;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Commands.Build;

/// <summary><c>build supersede</c>: a newer build takes over; the older one is accepted for a while.</summary>
internal static class BuildSupersede
{
    public static Command Create(CliContext context)
    {
        Argument<Guid> id = new("ID") { Description = "Id of the older build (its CoRIM id)." };
        Option<Guid> by = new("--by") { Description = "Id of the newer build.", Required = true, HelpName = "ID" };
        Option<TimeSpan> grace = DurationOption.Create("--grace", "How long boards may still run the older build.");
        Option<bool> json = CommonOptions.Json();
        Command command = new("supersede", "Says that a newer build replaces an older one.") { id, by, grace, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            object request = new
            {
                by = parsed.GetRequiredValue(by).ToString("D"),
                grace = (int)parsed.GetRequiredValue(grace).TotalSeconds,
            };
            using VerifierClient client = server.Connect(context, parsed);
            JsonElement answer = await client.PostAsync($"/v1/builds/{parsed.GetRequiredValue(id):D}/supersede", request, cancellation);
            JsonReport.Write(context.Terminal, answer, parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }
}
