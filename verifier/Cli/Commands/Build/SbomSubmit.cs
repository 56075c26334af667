using System.CommandLine;
using System.Text.Json;
using IotAttest.Cli.Corims;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Http;
using IotAttest.Cli.Options;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Commands.Build;

/// <summary><c>build sbom submit</c>: uploads the bill of materials that a manifest names by its digest.</summary>
internal static class SbomSubmit
{
    public static Command Create(CliContext context)
    {
        Argument<Guid> id = new("ID") { Description = "Id of the build (its CoRIM id)." };
        Argument<string> file = CommonOptions.FileArgument("The file given to build manifest --sbom: CycloneDX or SPDX, as JSON.");
        Option<bool> json = CommonOptions.Json();
        Command command = new("submit", "Uploads the bill of materials of a build; its SHA-256 must be the one in the manifest.") { id, file, json };
        ServerOptions server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            byte[] content = SbomFile.Read(parsed.GetRequiredValue(file)).Bytes;
            using VerifierClient client = server.Connect(context, parsed);
            JsonElement answer = await client.PostAsync($"/v1/builds/{parsed.GetRequiredValue(id):D}/sbom", content, "application/json", cancellation);
            JsonReport.Write(context.Terminal, answer, parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }
}
