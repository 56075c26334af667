using System.CommandLine;
using IotAttest.Cli.Corims;
using IotAttest.Cli.Http;

namespace IotAttest.Cli.Commands.Build;

/// <summary><c>build submit</c>: hands a manifest to a verifier.</summary>
internal static class BuildSubmit
{
    public static Command Create(CliContext context) => CorimSubmission.Create(
        context, "/v1/builds", "Submits a manifest to a verifier.", (path, file) => CorimFile.ManifestOf(path, CorimFile.Decode(path, file)));
}
