using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Options;

namespace IotAttest.Cli.Commands.Tls;

/// <summary><c>tls init</c>: a CA of one's own with a backup, and a first certificate for the verifier.</summary>
internal static class TlsInit
{
    private const int RootDays = 3652;

    public static Command Create(CliContext context)
    {
        Option<string> folder = TlsOptions.Folder("The folder to make them in.", "--out");
        Option<string[]> names = TlsOptions.Names("A host name or IP address under which boards reach the verifier; may stand several times.", isRequired: true);
        Option<string> kind = new Option<string>("--key") { Description = "Keys of CA and server: rsa works with every board, ecdsa not with STM32 boards over TLS 1.2.", DefaultValueFactory = _ => TlsKind.Rsa }.AcceptOnlyFromAmong(TlsKind.Rsa, TlsKind.Ecdsa);
        Option<int> days = TlsOptions.Days();
        Option<bool> json = CommonOptions.Json();
        Command command = new("init", "Makes a CA, a backup CA and the server's certificate, for fleets without a CA of their own.") { folder, names, kind, days, json };
        command.SetAction(parsed =>
        {
            Make(context, new TlsFolder(parsed.GetRequiredValue(folder)), parsed.GetRequiredValue(names), parsed.GetRequiredValue(kind), parsed.GetValue(days), parsed.GetValue(json));
            return ExitCode.Fine;
        });
        return command;
    }

    private static void Make(CliContext context, TlsFolder folder, string[] names, string kind, int days, bool asJson)
    {
        folder.RequireFree();
        folder.Create();
        DateTimeOffset now = context.Clock.GetUtcNow();
        using X509Certificate2 root = MakeRoot(folder.Root, folder.RootKey, "IotAttest fleet CA", kind, now);
        using X509Certificate2 backup = MakeRoot(folder.BackupRoot, folder.BackupRootKey, "IotAttest fleet CA, backup", kind, now);
        using AsymmetricAlgorithm key = CertificateMaker.NewKey(kind);
        using X509Certificate2 server = CertificateMaker.MakeServer(root, names, key, now, days);
        folder.WriteServer(server, key, mayReplace: false);
        TlsReport.Write(context, folder, server, root, backup, asJson);
    }

    private static X509Certificate2 MakeRoot(string certificatePath, string keyPath, string name, string kind, DateTimeOffset now)
    {
        using AsymmetricAlgorithm key = CertificateMaker.NewKey(kind);
        X509Certificate2 root = CertificateMaker.MakeRoot(name, key, now, RootDays);
        TlsFolder.WriteRoot(certificatePath, keyPath, root, key);
        return root;
    }
}
