using System.CommandLine;
using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;
using IotAttest.Cli.Http;
using IotAttest.Cli.Options;
using IotAttest.Cli.Output;
using IotAttest.Conformance;

namespace IotAttest.Cli.Commands.Conformance;

/// <summary><c>conformance attach</c>: puts a report beside the build that it is about.</summary>
internal static class ConformanceAttach
{
    public static Command Create(CliContext context)
    {
        Argument<string> file = CommonOptions.FileArgument("The report as JSON, as --out wrote it.");
        Option<Guid> build = new("--build") { Description = "Id of the build (its CoRIM id).", Required = true, HelpName = "ID" };
        Option<bool> json = CommonOptions.Json();
        Command command = new("attach", "Attaches a report to a build in a verifier. It is public from then on, and cannot be taken back.") { file, build, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            string path = parsed.GetRequiredValue(file);
            byte[] report = InputFile.ReadBytes(path, ConformanceReport.MaxBytes);
            if (!ReportSummary.TryRead(report, out _, out string? error))
            {
                throw CliException.DoesNotHold($"{error} in {path}", "a conformance report as JSON", "pass the file that conformance --out wrote, unchanged");
            }

            using VerifierClient client = server.Connect(context, parsed);
            JsonElement answer = await client.PostAsync($"/v1/builds/{parsed.GetRequiredValue(build):D}/reports", report, "application/json", cancellation);
            JsonReport.Write(context.Terminal, answer, parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }
}
