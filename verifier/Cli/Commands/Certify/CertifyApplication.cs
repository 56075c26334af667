using System.CommandLine;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Http;
using IotAttest.Cli.Options;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Commands.Certify;

/// <summary><c>certify evaluate|refuse</c>: what a body decides about an application.</summary>
internal static class CertifyApplication
{
    public static Command CreateEvaluate(CliContext context)
    {
        Option<string?> laboratory = CommonOptions.OptionalText("--laboratory", "The laboratory that tests; it must be accredited today.");
        Option<bool> isPublic = new("--public") { Description = "Everybody may know that the product is in evaluation." };
        return Create(context, "evaluate", "Takes an application into evaluation.", [laboratory, isPublic], (parsed, request) =>
        {
            if (parsed.GetValue(laboratory) is { } name)
            {
                request["laboratory"] = name;
            }

            if (parsed.GetValue(isPublic))
            {
                request["isPublic"] = true;
            }
        });
    }

    public static Command CreateRefuse(CliContext context)
    {
        Option<string> reason = CommonOptions.Text("--reason", "Why; the applicant reads it and can appeal.");
        return Create(context, "refuse", "Refuses an application for ever.", [reason], (parsed, request) => request["reason"] = parsed.GetRequiredValue(reason));
    }

    private static Command Create(CliContext context, string decision, string description, Option[] more, Action<ParseResult, Dictionary<string, object>> complete)
    {
        Argument<long> id = new("APPLICATION") { Description = "The number of the application." };
        Option<bool> json = CommonOptions.Json();
        Command command = new(decision, description) { id };
        foreach (Option option in more)
        {
            command.Options.Add(option);
        }

        command.Options.Add(json);
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            Dictionary<string, object> request = new() { ["decision"] = decision };
            complete(parsed, request);
            using VerifierClient client = server.Connect(context, parsed);
            string path = FormattableString.Invariant($"/v1/applications/{parsed.GetRequiredValue(id)}/decisions");
            JsonReport.Write(context.Terminal, await client.PostAsync(path, request, cancellation), parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }
}
