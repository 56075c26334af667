using System.CommandLine;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Options;
using IotAttest.Service.Hosting;
using IotAttest.Service.Storage.Backups;

namespace IotAttest.Cli.Commands.Backup;

/// <summary><c>backup</c>: the data of a verifier in one file, also while it runs.</summary>
internal static class BackupCommand
{
    public static Command Create(CliContext context)
    {
        Option<string> data = new("--data") { Description = "The data directory of the verifier, which may be running.", HelpName = "DIR", DefaultValueFactory = _ => new VerifierOptions().DataDirectory };
        Option<string> output = CommonOptions.Path("--out", "The new file; an old one is never replaced.");
        Option<bool> withKeys = new("--with-keys") { Description = "Put secrets.key, verifier-key.pem and operator.token into it: whoever reads the file then has every secret of this verifier." };
        Option<bool> json = CommonOptions.Json();
        Command command = new("backup", "Writes the data of a verifier into one file, as it is at one moment; the verifier goes on.") { data, output, withKeys, json };
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(output);
            BackupManifest manifest = StoreFaults.Told("the intact data directory of a verifier and a new file to write", () => StoreBackup.Write(parsed.GetRequiredValue(data), path, parsed.GetValue(withKeys), context.Clock.GetUtcNow()));
            if (parsed.GetValue(json))
            {
                context.Terminal.WriteJson(manifest);
                return ExitCode.Fine;
            }

            context.Terminal.WriteFields(("backup", path), ("schema", $"{manifest.Schema}"), ("log", $"{manifest.LogSize} entries, root {manifest.LogRoot}"));
            context.Terminal.WriteNote(manifest.HasKeys
                ? "the file holds every secret of this verifier; keep it like a private key."
                : "without secrets.key this backup does not open; keep secrets.key, verifier-key.pem and operator.token of the data directory elsewhere, or back up with --with-keys.");
            return ExitCode.Fine;
        });
        return command;
    }
}
