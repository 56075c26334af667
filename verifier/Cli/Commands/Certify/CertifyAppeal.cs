using System.CommandLine;
using System.Globalization;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Http;
using IotAttest.Cli.Options;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Commands.Certify;

/// <summary><c>certify appeal</c>: the holder contests a decision of the body.</summary>
internal static class CertifyAppeal
{
    public static Command Create(CliContext context)
    {
        Argument<string> id = new("ID") { Description = "The certificate's id; the application's number with --application." };
        Option<bool> isApplication = new("--application") { Description = "ID is the number of an application." };
        Option<long> decision = NumberOption.Create("--decision", "The number of the decision in the history.", 1, 1_000_000);
        Option<string> summary = CommonOptions.Text("--summary", "Why the decision is wrong.");
        Option<bool> json = CommonOptions.Json();
        Command command = new("appeal", "Contests a decision of the body about your certificate or application.") { id, isApplication, decision, summary, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            Dictionary<string, object> request = new() { ["type"] = "appeal" };
            AddSubject(request, parsed.GetRequiredValue(id), parsed.GetValue(isApplication));
            request["decision"] = parsed.GetRequiredValue(decision);
            request["summary"] = parsed.GetRequiredValue(summary);
            using VerifierClient client = server.Connect(context, parsed);
            JsonReport.Write(context.Terminal, await client.PostAsync("/v1/cases", request, cancellation), parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }

    private static void AddSubject(Dictionary<string, object> request, string id, bool isApplication)
    {
        if (!isApplication)
        {
            request["certificate"] = id;
            return;
        }

        request["application"] = long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : throw CliException.WrongUsage($"application '{id}'", "a number", "take it from the answer of certify apply");
    }
}
