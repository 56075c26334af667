using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;

namespace IotAttest.Cli.Commands.Tls;

/// <summary>The files that <c>tls init</c> makes and <c>tls renew</c> replaces.</summary>
internal sealed class TlsFolder(string path)
{
    private const int MaxPemBytes = 64 * 1024;

    /// <summary>The root that boards know.</summary>
    public string Root => Path.Combine(path, "ca.pem");

    /// <summary>Its private key.</summary>
    public string RootKey => Path.Combine(path, "ca.key.pem");

    /// <summary>The root that boards know too, for the day the first one is lost or stolen.</summary>
    public string BackupRoot => Path.Combine(path, "backup-ca.pem");

    /// <summary>Its private key: to be kept elsewhere.</summary>
    public string BackupRootKey => Path.Combine(path, "backup-ca.key.pem");

    /// <summary>The server's certificate and private key, for <c>serve --mqtts-certificate</c>.</summary>
    public string Server => Path.Combine(path, "server.pem");

    public void Create() => OutputFile.CreateSecretFolder(path);

    /// <summary>Refuses when a root is there: boards pin it, and a new one would lock them out.</summary>
    public void RequireFree()
    {
        foreach (string file in new[] { Root, RootKey, BackupRoot, BackupRootKey, Server }.Where(File.Exists))
        {
            throw CliException.WrongUsage($"{file}, which exists", "a folder without certificates", $"renew the server's certificate with: iotattest tls renew --dir {path}; or choose another folder for another CA");
        }
    }

    public static void WriteRoot(string certificatePath, string keyPath, X509Certificate2 certificate, AsymmetricAlgorithm key)
    {
        OutputFile.WriteText(keyPath, $"{key.ExportPkcs8PrivateKeyPem()}\n", isSecret: true, mayReplace: false);
        OutputFile.WriteText(certificatePath, $"{certificate.ExportCertificatePem()}\n", isSecret: false, mayReplace: false);
    }

    /// <summary>In one file and one step: a verifier that runs never sees a certificate with another's key.</summary>
    public void WriteServer(X509Certificate2 certificate, AsymmetricAlgorithm key, bool mayReplace) =>
        OutputFile.WriteText(Server, $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n", isSecret: true, mayReplace);

    /// <summary>The root with its private key.</summary>
    /// <param name="isBackup">The backup root instead of the first.</param>
    public X509Certificate2 ReadRoot(bool isBackup)
    {
        (string certificate, string key) = isBackup ? (BackupRoot, BackupRootKey) : (Root, RootKey);
        return Read(certificate, () => X509Certificate2.CreateFromPem(InputFile.ReadText(certificate, MaxPemBytes), InputFile.ReadText(key, MaxPemBytes)));
    }

    /// <summary>The server's certificate as it is now.</summary>
    public X509Certificate2 ReadServer() => Read(Server, () => X509Certificate2.CreateFromPem(InputFile.ReadText(Server, MaxPemBytes)));

    private static X509Certificate2 Read(string file, Func<X509Certificate2> read)
    {
        try
        {
            return read();
        }
        catch (Exception cause) when (cause is CryptographicException or ArgumentException)
        {
            throw CliException.WrongUsage($"{file} cannot be used: {cause.Message}", "a certificate and its key, as tls init wrote them", "put the files of tls init back, or make a new CA in another folder");
        }
    }
}
