using System.CommandLine;
using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;
using IotAttest.Cli.Options;
using IotAttest.Cli.Output;
using IotAttest.Domain.Corim;

namespace IotAttest.Cli.Http;

/// <summary>The command <c>submit</c> of manifests and certificates: both travel as signed CoRIM.</summary>
internal static class CorimSubmission
{
    public const string MediaType = "application/rim+cose";

    public static Command Create(CliContext context, string route, string description, Action<string, byte[]> check, Action<JsonElement>? explain = null)
    {
        Argument<string> file = CommonOptions.FileArgument("The signed file (*.corim).");
        Option<bool> json = CommonOptions.Json();
        Command command = new("submit", description) { file, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            string path = parsed.GetRequiredValue(file);
            byte[] content = InputFile.ReadBytes(path, CorimProfile.MaxFileBytes);
            check(path, content);
            using VerifierClient client = server.Connect(context, parsed);
            JsonElement answer = await client.PostAsync(route, content, MediaType, cancellation);
            JsonReport.Write(context.Terminal, answer, parsed.GetValue(json));
            explain?.Invoke(answer);
            return ExitCode.Fine;
        });
        return command;
    }
}
