using System.CommandLine;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Options;
using IotAttest.Service.Storage.Backups;

namespace IotAttest.Cli.Commands.Backup;

/// <summary><c>restore</c>: a backup into an empty data directory.</summary>
internal static class RestoreCommand
{
    public static Command Create(CliContext context)
    {
        Option<string> from = CommonOptions.Path("--from", "The backup.");
        Option<string> data = new("--data") { Description = "A directory that is empty or not there yet.", HelpName = "DIR", Required = true };
        Option<bool> json = CommonOptions.Json();
        Command command = new("restore", "Puts a backup into an empty data directory, after checking it: whole, of a schema this program knows, with the log it names.") { from, data, json };
        command.SetAction(parsed =>
        {
            string directory = parsed.GetRequiredValue(data);
            BackupManifest manifest = StoreFaults.Told("a backup that is whole and an empty place for it", () => StoreRestore.Read(parsed.GetRequiredValue(from), directory));
            if (parsed.GetValue(json))
            {
                context.Terminal.WriteJson(manifest);
                return ExitCode.Fine;
            }

            context.Terminal.WriteFields(("restored", directory), ("of", $"{manifest.CreatedAt:u}"), ("log", $"{manifest.LogSize} entries, root {manifest.LogRoot}"));
            if (!manifest.HasKeys)
            {
                context.Terminal.WriteWarning($"the backup holds no keys; before the start put secrets.key, verifier-key.pem and operator.token of that verifier into {directory}, or boards with shared keys must be enrolled again.");
            }

            return ExitCode.Fine;
        });
        return command;
    }
}
