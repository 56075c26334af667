using System.CommandLine;
using IotAttest.Cli.Corims;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Options;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Sbom;

namespace IotAttest.Cli.Commands.Build;

/// <summary><c>build diff</c>: what changed from one build to another.</summary>
internal static class BuildDiff
{
    public static Command Create(CliContext context)
    {
        Argument<string> before = new("A") { Description = "The older manifest." };
        Argument<string> after = new("B") { Description = "The newer manifest." };
        Option<string?> sbomBefore = CommonOptions.OptionalPath("--sbom-a", "Bill of materials of A, to compare components too; must be the one A names.");
        Option<string?> sbomAfter = CommonOptions.OptionalPath("--sbom-b", "Bill of materials of B.");
        Option<bool> exitCode = new("--exit-code") { Description = "End with 1 when the builds differ." };
        Option<bool> json = CommonOptions.Json();
        Command command = new("diff", "Compares two manifests: what they say, regions, assemblies, components.") { before, after, sbomBefore, sbomAfter, exitCode, json };
        command.SetAction(parsed =>
        {
            BuildManifest a = Read(parsed.GetRequiredValue(before));
            BuildManifest b = Read(parsed.GetRequiredValue(after));
            BuildChange[] changes = [.. BuildChanges.Between(a, b), .. Components(a, parsed.GetValue(sbomBefore), b, parsed.GetValue(sbomAfter))];
            Report(context, changes, parsed.GetValue(json));
            return changes.Length > 0 && parsed.GetValue(exitCode) ? ExitCode.DoesNotHold : ExitCode.Fine;
        });
        return command;
    }

    private static BuildManifest Read(string path) => CorimFile.ManifestOf(path, CorimFile.ReadSigned(path));

    private static IEnumerable<BuildChange> Components(BuildManifest a, string? pathOfA, BuildManifest b, string? pathOfB)
    {
        if (pathOfA is null != pathOfB is null)
        {
            throw CliException.WrongUsage("one of --sbom-a and --sbom-b", "both, or neither", "pass the bill of materials of the other build too");
        }

        return pathOfA is null || pathOfB is null ? [] : SbomChanges.Between(SbomOf(a, pathOfA), SbomOf(b, pathOfB));
    }

    private static SbomDocument SbomOf(BuildManifest manifest, string path)
    {
        SbomFile file = SbomFile.Read(path);
        Sha256Digest seen = Sha256Digest.Of(file.Bytes);
        return manifest.Sbom == seen
            ? file.Document
            : throw CliException.DoesNotHold($"{seen} of {path}", manifest.Sbom?.ToString() ?? "no bill of materials: the manifest names none", "pass the file that the manifest was made with");
    }

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
