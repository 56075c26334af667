using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Options;

namespace IotAttest.Cli.Commands.Tls;

/// <summary><c>tls renew</c>: the next certificate of the verifier, with a new key, under the same CA. A verifier that runs takes it by itself.</summary>
internal static class TlsRenew
{
    public static Command Create(CliContext context)
    {
        Option<string> folder = TlsOptions.Folder("The folder that tls init made.", "--dir");
        Option<string[]> names = TlsOptions.Names("Replaces the names in the certificate; left out, they stay.", isRequired: false);
        Option<int> days = TlsOptions.Days();
        Option<bool> backup = new("--backup") { Description = "Sign with the backup CA: the first one is lost, stolen or near its end." };
        Option<bool> json = CommonOptions.Json();
        Command command = new("renew", "Makes the next certificate of the server, with a new key.") { folder, names, days, backup, json };
        command.SetAction(parsed =>
        {
            Renew(context, new TlsFolder(parsed.GetRequiredValue(folder)), parsed.GetValue(names) ?? [], parsed.GetValue(days), parsed.GetValue(backup), parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }

    private static void Renew(CliContext context, TlsFolder folder, string[] names, int days, bool isBackup, bool asJson)
    {
        using X509Certificate2 root = folder.ReadRoot(isBackup);
        DateTimeOffset now = context.Clock.GetUtcNow();
        if (root.NotAfter.ToUniversalTime() <= now)
        {
            throw CliException.WrongUsage($"a CA that ended at {root.NotAfter.ToUniversalTime():u}", "one that is still good", isBackup ? "make a new CA; boards must learn it" : "sign with the backup: --backup");
        }

        using AsymmetricAlgorithm key = CertificateMaker.NewKey(root.GetRSAPublicKey() is null ? TlsKind.Ecdsa : TlsKind.Rsa);
        using X509Certificate2 server = CertificateMaker.MakeServer(root, names.Length > 0 ? names : NamesNow(folder), key, now, days);
        folder.WriteServer(server, key, mayReplace: true);
        TlsReport.Write(context, folder, server, asJson);
    }

    private static string[] NamesNow(TlsFolder folder)
    {
        using X509Certificate2 before = folder.ReadServer();
        X509SubjectAlternativeNameExtension? names = before.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        return names is null
            ? throw CliException.WrongUsage($"{folder.Server} without names", "a certificate as tls init wrote it", "give the names with --name")
            : [.. names.EnumerateDnsNames(), .. names.EnumerateIPAddresses().Select(address => address.ToString())];
    }
}
