using System.Security.Cryptography;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;
using IotAttest.Domain.Cose;

namespace IotAttest.Cli.Keys;

/// <summary>PEM files with keys on P-256: PKCS #8 for the private half, SubjectPublicKeyInfo (RFC 5480) for the public one.</summary>
internal static class KeyFiles
{
    private const int MaxBytes = 64 * 1024;
    private const string PublicLabel = "PUBLIC KEY";
    private const string MakeOne = "make one with: iotattest key new --type es256 --out k.pem";

    /// <summary>Reads the private key that signs.</summary>
    public static ECDsa ReadPrivate(string path)
    {
        string pem = InputFile.ReadText(path, MaxBytes);
        if (PemEncoding.TryFind(pem, out PemFields fields) && pem[fields.Label] == PublicLabel)
        {
            throw CliException.WrongUsage($"a public key in {path}", "the private key that signs", "pass the file without .pub in its name");
        }

        ECDsa key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            if (EcdsaP256.IsOnCurve(key))
            {
                return key;
            }
        }
        catch (Exception cause) when (cause is ArgumentException or CryptographicException)
        {
            // Answered below, like a key on another curve; the text of the exception could quote the file.
        }

        key.Dispose();
        throw CliException.WrongUsage($"no P-256 private key in {path}", "PEM with an unencrypted PKCS #8 key on P-256", MakeOne);
    }

    /// <summary>Reads the public key that verifies; a private key serves too, its public half is used.</summary>
    public static ECDsa ReadPublic(string path) => TryParsePublic(InputFile.ReadText(path, MaxBytes))
        ?? throw CliException.WrongUsage($"no P-256 public key in {path}", "PEM with the label PUBLIC KEY (RFC 5480)", MakeOne);

    /// <summary>The public key in a PEM text, or null when there is none on P-256.</summary>
    public static ECDsa? TryParsePublic(string pem)
    {
        if (!PemEncoding.TryFind(pem, out PemFields fields))
        {
            return null;
        }

        if (pem[fields.Label] == PublicLabel)
        {
            return EcdsaP256.TryFromSpki(Convert.FromBase64String(pem[fields.Base64Data]));
        }

        using ECDsa key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return EcdsaP256.TryFromSpki(key.ExportSubjectPublicKeyInfo());
        }
        catch (Exception cause) when (cause is ArgumentException or CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Where the public half of a private key file lies: k.pem, k.pub.pem.</summary>
    public static string PublicPathOf(string privatePath) => Path.ChangeExtension(privatePath, ".pub.pem");
}
