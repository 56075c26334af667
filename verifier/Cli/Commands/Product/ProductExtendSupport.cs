using System.CommandLine;
using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Http;
using IotAttest.Cli.Options;

namespace IotAttest.Cli.Commands.Product;

/// <summary><c>product extend-support</c>: a later last day of support; an earlier one is refused.</summary>
internal static class ProductExtendSupport
{
    public static Command Create(CliContext context)
    {
        Argument<Guid> classId = ProductReport.ClassArgument();
        Option<DateOnly> until = DayOption.Required("--until", "The new last day of support.");
        Option<string> reason = CommonOptions.Text("--reason", "Why; everybody can read it.");
        Option<bool> json = CommonOptions.Json();
        Command command = new("extend-support", "Extends the support of a product; it is never shortened.") { classId, until, reason, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            object request = new { supportUntil = DayOption.TextOf(parsed.GetRequiredValue(until)), reason = parsed.GetRequiredValue(reason) };
            using VerifierClient client = server.Connect(context, parsed);
            JsonElement answer = await client.PostAsync($"{ProductReport.PathOf(parsed.GetRequiredValue(classId))}/support", request, cancellation);
            ProductReport.Write(context.Terminal, answer, parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }
}
