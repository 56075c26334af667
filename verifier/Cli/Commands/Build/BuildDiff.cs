using System.CommandLine;
using IotAttest.Cli.Corims;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Options;
using IotAttest.Domain.Corim;

namespace IotAttest.Cli.Commands.Build;

/// <summary><c>build diff</c>: what changed from one build to another.</summary>
internal static class BuildDiff
{
    public static Command Create(CliContext context)
    {
        Argument<string> before = new("A") { Description = "The older manifest." };
        Argument<string> after = new("B") { Description = "The newer manifest." };
        Option<bool> exitCode = new("--exit-code") { Description = "End with 1 when the builds differ." };
        Option<bool> json = CommonOptions.Json();
        Command command = new("diff", "Compares two manifests: what they say, regions, assemblies.") { before, after, exitCode, json };
        command.SetAction(parsed =>
        {
            BuildChange[] changes = [.. BuildChanges.Between(Read(parsed.GetRequiredValue(before)), Read(parsed.GetRequiredValue(after)))];
            Report(context, changes, parsed.GetValue(json));
            return changes.Length > 0 && parsed.GetValue(exitCode) ? ExitCode.DoesNotHold : ExitCode.Fine;
        });
        return command;
    }

    private static BuildManifest Read(string path) => CorimFile.ManifestOf(path, CorimFile.ReadSigned(path));

    private static void Report(CliContext context, BuildChange[] changes, bool asJson)
    {
        if (asJson)
        {
            context.Terminal.WriteJson(new { isSame = changes.Length == 0, changes });
        }
        else if (changes.Length == 0)
        {
            context.Terminal.WriteLine("no difference");
        }
        else
        {
            context.Terminal.WriteTable(["what", "name", "A", "B"], changes.Select(change => new[] { change.What, change.Name, change.Before ?? "-", change.After ?? "-" }));
        }
    }
}
