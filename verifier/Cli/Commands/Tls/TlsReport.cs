using System.Security.Cryptography.X509Certificates;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Commands.Tls;

/// <summary>What was made, and what to do with it.</summary>
internal static class TlsReport
{
    public static void Write(CliContext context, TlsFolder folder, X509Certificate2 server, X509Certificate2 root, X509Certificate2 backup, bool asJson)
    {
        if (asJson)
        {
            context.Terminal.WriteJson(new { ca = folder.Root, caSha256 = Fingerprint(root), backupCa = folder.BackupRoot, backupCaSha256 = Fingerprint(backup), server = folder.Server, notAfter = UtcText.Of(server.NotAfter.ToUniversalTime()) });
            return;
        }

        context.Terminal.WriteFields(
            ("CA for the boards", folder.Root),
            ("its key", $"{folder.RootKey}: whoever has it can pretend to be the verifier"),
            ("backup CA for the boards", folder.BackupRoot),
            ("its key", $"{folder.BackupRootKey}: move it off this machine now"),
            ("server", $"{folder.Server}, good until {UtcText.Of(server.NotAfter.ToUniversalTime())}"));
        context.Terminal.WriteLine($"Start with: iotattest serve --mqtts 0.0.0.0:8883 --mqtts-certificate {folder.Server}");
        context.Terminal.WriteLine("Put both CA files on every board: a board that knows one alone is lost with it.");
    }

    public static void Write(CliContext context, TlsFolder folder, X509Certificate2 server, bool asJson)
    {
        if (asJson)
        {
            context.Terminal.WriteJson(new { server = folder.Server, notAfter = UtcText.Of(server.NotAfter.ToUniversalTime()), serial = server.SerialNumber });
            return;
        }

        context.Terminal.WriteFields(("server", $"{folder.Server}, good until {UtcText.Of(server.NotAfter.ToUniversalTime())}"));
        context.Terminal.WriteLine("A verifier that runs with this file takes it within seconds; its connections stay.");
    }

    private static string Fingerprint(X509Certificate2 certificate) => certificate.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256);
}
