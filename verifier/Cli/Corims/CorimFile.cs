using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Transparency;

namespace IotAttest.Cli.Corims;

/// <summary>Reads signed manifests and certificates. Signatures are checked elsewhere.</summary>
internal static class CorimFile
{
    /// <summary>Reads a file; receipts that it carries are left out, as certificates name the digest without them.</summary>
    public static SignedCorim ReadSigned(string path) => Decode(path, TransparentStatement.Detach(InputFile.ReadBytes(path, CorimProfile.MaxFileBytes), out _));

    public static SignedCorim Decode(string path, byte[] file) =>
        SignedCorim.TryDecode(file, out SignedCorim? signed, out CorimError? error) ? signed : throw Refused(path, error, "a signed CoRIM (*.corim)");

    public static BuildManifest ManifestOf(string path, SignedCorim signed) =>
        BuildManifestReader.TryRead(signed, out BuildManifest? manifest, out CorimError? error) ? manifest : throw Refused(path, error, "a build manifest");

    public static CertificateEndorsement CertificateOf(string path, SignedCorim signed) =>
        CertificateEndorsementReader.TryRead(signed, out CertificateEndorsement? certificate, out CorimError? error) ? certificate : throw Refused(path, error, "a certificate");

    private static CliException Refused(string path, CorimError error, string kind) =>
        CliException.DoesNotHold($"{error.Seen} ({error.Status}) in {path}", error.Expected, $"pass {kind} as iotattest writes it", error.Path);
}
