using System.CommandLine;
using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;
using IotAttest.Cli.Http;
using IotAttest.Cli.Options;
using IotAttest.Domain.Advisories;

namespace IotAttest.Cli.Commands.Advisory;

/// <summary><c>advisory import</c>: hands a CSAF or OpenVEX document to a verifier.</summary>
internal static class AdvisoryImport
{
    public static Command Create(CliContext context)
    {
        Argument<string> file = CommonOptions.FileArgument("A CSAF 2.0 or OpenVEX 0.2.0 document, as JSON.");
        Option<string?> embargo = CommonOptions.OptionalText("--embargo-until", "Day or moment until which nobody else sees it and nothing follows from it.");
        Option<bool> json = CommonOptions.Json();
        Command command = new("import", "Imports an advisory; builds that it marks affected turn vulnerable on every board.") { file, embargo, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            byte[] content = Check(parsed.GetRequiredValue(file));
            string query = parsed.GetValue(embargo) is { } until ? $"?embargoUntil={Uri.EscapeDataString(until)}" : "";
            using VerifierClient client = server.Connect(context, parsed);
            JsonElement answer = await client.PostAsync($"/v1/advisories{query}", content, "application/json", cancellation);
            AdvisoryReport.Write(context.Terminal, answer, parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }

    // What the verifier would refuse is refused here already, without sending it.
    private static byte[] Check(string path)
    {
        byte[] content = InputFile.ReadBytes(path, AdvisoryReader.MaxBytes);
        return AdvisoryReader.TryRead(content, out _, out AdvisoryError? error)
            ? content
            : throw CliException.DoesNotHold($"{error.Path} in {path}: {error.Seen}", error.Expected, error.Do);
    }
}
