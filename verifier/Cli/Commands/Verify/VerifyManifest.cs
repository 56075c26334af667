using System.CommandLine;
using IotAttest.Cli.Checks;
using IotAttest.Cli.Commands.Build;
using IotAttest.Cli.Corims;
using IotAttest.Cli.Options;
using IotAttest.Domain.Corim;

namespace IotAttest.Cli.Commands.Verify;

/// <summary><c>verify manifest</c>: form, signature and validity of a build manifest.</summary>
internal static class VerifyManifest
{
    public static Command Create(CliContext context)
    {
        Argument<string> file = CommonOptions.FileArgument("The signed manifest.");
        Option<string?> key = CommonOptions.OptionalPath("--key", "The manufacturer's public key (PEM, JWK or JWK set).");
        Option<DateTimeOffset?> at = TimeOption.Start("--at", "Check validity at this moment instead of now.");
        Option<bool> unsigned = SignatureTerms.Unsigned();
        Option<bool> json = CommonOptions.Json();
        Command command = new("manifest", "Checks a build manifest.") { file, key, unsigned, at, json };
        command.SetAction(parsed => CheckReport.Run(context.Terminal, "manifest", parsed.GetValue(json), SignatureTerms.Of(parsed.GetValue(key), parsed.GetValue(unsigned)), report =>
        {
            string path = parsed.GetRequiredValue(file);
            SignedCorim signed = CorimFile.ReadSigned(path);
            CorimCheck.CheckSignature(report, path, signed, parsed.GetValue(key));
            BuildManifest manifest = CorimFile.ManifestOf(path, signed);
            report.SetContent(BuildReport.ToJson(manifest, signed), terminal => BuildReport.Write(terminal, manifest, signed));
            ValidityCheck.Check(report, "corim/rim-validity", manifest.NotBefore, manifest.NotAfter, parsed.GetValue(at) ?? context.Clock.GetUtcNow());
        }));
        return command;
    }
}
