using System.CommandLine;
using IotAttest.Cli.Checks;
using IotAttest.Cli.Commands.Certify;
using IotAttest.Cli.Corims;
using IotAttest.Cli.Options;
using IotAttest.Domain.Corim;

namespace IotAttest.Cli.Commands.Verify;

/// <summary><c>verify certificate</c>: form, signature and validity of a certificate, and whether it covers a manifest.</summary>
internal static class VerifyCertificate
{
    public static Command Create(CliContext context)
    {
        Argument<string> file = CommonOptions.FileArgument("The signed certificate.");
        Option<string?> key = CommonOptions.OptionalPath("--key", "The body's public key (PEM, JWK or JWK set).");
        Option<string?> manifest = CommonOptions.OptionalPath("--manifest", "The manifest it should cover.");
        Option<DateTimeOffset?> at = TimeOption.Start("--at", "Check validity at this moment instead of now.");
        Option<bool> unsigned = SignatureTerms.Unsigned();
        Option<bool> json = CommonOptions.Json();
        Command command = new("certificate", "Checks a certificate file; suspension and withdrawal are known to the registry only.") { file, key, unsigned, manifest, at, json };
        command.SetAction(parsed => CheckReport.Run(context.Terminal, "certificate", parsed.GetValue(json), SignatureTerms.Of(parsed.GetValue(key), parsed.GetValue(unsigned)), report =>
        {
            string path = parsed.GetRequiredValue(file);
            SignedCorim signed = CorimFile.ReadSigned(path);
            CorimCheck.CheckSignature(report, path, signed, parsed.GetValue(key));
            CertificateEndorsement certificate = CorimFile.CertificateOf(path, signed);
            report.SetContent(CertificateReport.ToJson(certificate, signed), terminal => CertificateReport.Write(terminal, certificate, signed));
            ValidityCheck.Check(report, "corim/rim-validity", certificate.ValidFrom, certificate.ValidUntil, parsed.GetValue(at) ?? context.Clock.GetUtcNow());
            if (parsed.GetValue(manifest) is { } manifestPath)
            {
                CheckCovers(report, certificate, manifestPath);
            }
        }));
        return command;
    }

    private static void CheckCovers(CheckReport report, CertificateEndorsement certificate, string manifestPath)
    {
        SignedCorim manifest = CorimFile.ReadSigned(manifestPath);
        BuildManifest build = CorimFile.ManifestOf(manifestPath, manifest);
        if (certificate.ManifestSha256 != manifest.Sha256)
        {
            report.Fail(new CheckFailure("manifest", certificate.ManifestSha256.ToString(), $"{manifest.Sha256}, the digest of {manifestPath}", "pass the manifest that was certified"));
        }

        ComponentCheck.CheckClass(report, "class", certificate.ClassId, build.ClassId);
        ComponentCheck.Check(report, certificate.Components.ToDictionary(component => component.Name, component => component.Digest.ToString()), build);
    }
}
