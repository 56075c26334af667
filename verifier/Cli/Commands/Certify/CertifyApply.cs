using System.CommandLine;
using System.CommandLine.Parsing;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Http;
using IotAttest.Cli.Options;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Commands.Certify;

/// <summary><c>certify apply</c>: a manufacturer applies for a certificate.</summary>
internal static class CertifyApply
{
    private const char Separator = '=';

    private static readonly string[] Claims = ["yes", "no", "notApplicable"];

    public static Command Create(CliContext context)
    {
        Option<string> build = CommonOptions.Text("--build", "The id of a build that you submitted.");
        Option<string> body = CommonOptions.Text("--body", "The certification body.");
        Option<string> scheme = CommonOptions.Text("--scheme", "The certification scheme.");
        Option<string> level = CommonOptions.Text("--level", "The level within the scheme.");
        Option<string> summary = CommonOptions.Text("--summary", "What the product is, in plain words: at most 120.");
        Option<Dictionary<string, object>[]> answers = new("--answer")
        {
            Description = "Row of the conformance statement, REQUIREMENT=yes, REQUIREMENT=no:why or REQUIREMENT=notApplicable:why; may stand several times.",
            HelpName = "ROW",
            CustomParser = ParseAnswers,
        };
        Option<bool> json = CommonOptions.Json();
        Command command = new("apply", "Applies for a certificate; only you, the body and its laboratory see it.") { build, body, scheme, level, summary, answers, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            object request = new
            {
                build = parsed.GetRequiredValue(build),
                body = parsed.GetRequiredValue(body),
                scheme = parsed.GetRequiredValue(scheme),
                level = parsed.GetRequiredValue(level),
                summaryPlain = parsed.GetRequiredValue(summary),
                answers = parsed.GetValue(answers) ?? [],
            };
            using VerifierClient client = server.Connect(context, parsed);
            JsonReport.Write(context.Terminal, await client.PostAsync("/v1/applications", request, cancellation), parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }

    private static Dictionary<string, object>[] ParseAnswers(ArgumentResult result)
    {
        List<Dictionary<string, object>> answers = [];
        foreach (Token token in result.Tokens)
        {
            int at = token.Value.IndexOf(Separator, StringComparison.Ordinal);
            string[] claim = at > 0 ? token.Value[(at + 1)..].Split(':', 2) : [];
            if (claim.Length == 0 || !Claims.Contains(claim[0]))
            {
                result.AddError($"--answer takes REQUIREMENT=yes, REQUIREMENT=no:why or REQUIREMENT=notApplicable:why, not '{token.Value}'");
                return [];
            }

            Dictionary<string, object> answer = new() { ["requirement"] = token.Value[..at], ["claim"] = claim[0] };
            if (claim.Length == 2)
            {
                answer["note"] = claim[1];
            }

            answers.Add(answer);
        }

        return [.. answers];
    }
}
