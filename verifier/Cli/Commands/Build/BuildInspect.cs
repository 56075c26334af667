using System.CommandLine;
using IotAttest.Cli.Corims;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Options;
using IotAttest.Domain.Corim;

namespace IotAttest.Cli.Commands.Build;

/// <summary><c>build inspect</c>: what a manifest says.</summary>
internal static class BuildInspect
{
    public static Command Create(CliContext context)
    {
        Argument<string> file = CommonOptions.FileArgument("The signed manifest.");
        Option<bool> json = CommonOptions.Json();
        Command command = new("inspect", "Shows what a manifest says; checks its form, not its signature.") { file, json };
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(file);
            SignedCorim signed = CorimFile.ReadSigned(path);
            BuildManifest manifest = CorimFile.ManifestOf(path, signed);
            if (parsed.GetValue(json))
            {
                context.Terminal.WriteJson(BuildReport.ToJson(manifest, signed));
            }
            else
            {
                BuildReport.Write(context.Terminal, manifest, signed);
            }

            context.Terminal.WriteNote($"the signature was not checked; do so with: iotattest verify manifest {path} --key PUB");
            return ExitCode.Fine;
        });
        return command;
    }
}
