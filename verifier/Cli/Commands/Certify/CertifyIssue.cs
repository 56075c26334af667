using System.CommandLine;
using System.Security.Cryptography;
using IotAttest.Cli.Corims;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;
using IotAttest.Cli.Keys;
using IotAttest.Cli.Options;
using IotAttest.Domain.Corim;

namespace IotAttest.Cli.Commands.Certify;

/// <summary><c>certify issue</c>: a body's own signed statement about a build; the manifest stays as it is.</summary>
internal static class CertifyIssue
{
    public static Command Create(CliContext context)
    {
        Option<string> manifest = CommonOptions.Path("--manifest", "The signed build manifest.");
        Option<string> scheme = CommonOptions.Text("--scheme", "The certification scheme.");
        Option<string> level = CommonOptions.Text("--level", "The level within the scheme.");
        Option<string> id = CommonOptions.Text("--id", "The certificate's id in the registry of the body.");
        Option<DateTimeOffset?> until = TimeOption.End("--until", "End of validity.", isRequired: true);
        Option<DateTimeOffset?> from = TimeOption.Start("--from", "Start of validity; at once when left out.");
        CertificateTermOptions terms = new();
        Option<string> key = CommonOptions.Path("--key", "The body's private key.");
        Option<string> issuer = CommonOptions.Text("--issuer", "The body, as registered with the verifier.");
        Option<string?> manufacturerKey = CommonOptions.OptionalPath("--manufacturer-key", "The manufacturer's public key: the manifest's signature must hold under it.");
        Option<string> output = CommonOptions.Path("--out", "The signed certificate (*.corim).");
        Option<bool> json = CommonOptions.Json();
        Command command = new("issue", "Issues a certificate for the build of a manifest.")
        {
            manifest, scheme, level, id, until, from, key, issuer, manufacturerKey, output, json,
        };
        terms.AddTo(command);
        command.SetAction(parsed =>
        {
            string manifestPath = parsed.GetRequiredValue(manifest);
            SignedCorim signed = CorimFile.ReadSigned(manifestPath);
            BuildManifest build = CorimFile.ManifestOf(manifestPath, signed);
            CheckManufacturer(context, manifestPath, signed, parsed.GetValue(manufacturerKey));
            CertificateEndorsement plain = new(
                parsed.GetRequiredValue(id),
                parsed.GetRequiredValue(scheme),
                parsed.GetRequiredValue(level),
                parsed.GetRequiredValue(issuer),
                signed.Sha256,
                build.ClassId,
                build.Components,
                parsed.GetRequiredValue(until)!.Value)
            {
                ValidFrom = parsed.GetValue(from),
            };
            CertificateEndorsement certificate = terms.Complete(parsed, plain);
            SignedCorim issued = Sign(certificate, parsed.GetRequiredValue(key), parsed.GetRequiredValue(output));
            CertificateReport.WriteNew(context, certificate, issued, parsed.GetRequiredValue(output), parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }

    private static void CheckManufacturer(CliContext context, string path, SignedCorim manifest, string? keyPath)
    {
        if (keyPath is null)
        {
            context.Terminal.WriteWarning(
                $"the manufacturer's signature on {path} was not checked; pass --manufacturer-key PUB, or leave it to the verifier, which refuses a manifest that does not hold");
            return;
        }

        using ECDsa key = KeyFiles.ReadPublic(keyPath);
        if (!manifest.Verify(key))
        {
            throw SignatureFailures.DoesNotHold(path, manifest.Kid, key, keyPath);
        }
    }

    private static SignedCorim Sign(CertificateEndorsement certificate, string keyPath, string outputPath)
    {
        using ECDsa key = KeyFiles.ReadPrivate(keyPath);
        byte[] file = CorimSigning.Run(() =>
            CertificateEndorsementWriter.Sign(CertificateEndorsementWriter.EncodeBody(certificate), certificate.Issuer, certificate.CertificateId, key));
        OutputFile.Write(outputPath, file);
        return CorimFile.Decode(outputPath, file);
    }
}
