using System.Security.Cryptography;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Keys;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Cose;

namespace IotAttest.Cli.Checks;

/// <summary>The signature of a manifest or certificate.</summary>
internal static class CorimCheck
{
    public static void CheckSignature(CheckReport report, string path, SignedCorim signed, string? keyPath)
    {
        if (keyPath is null)
        {
            return;
        }

        using CheckKeys keys = CheckKeys.Read(keyPath);
        ECDsa key = Find(report, keys, signed.Kid, keyPath);
        bool holds = signed.Verify(key);
        report.SetSignature(holds);
        if (!holds)
        {
            report.Fail(SignatureFailures.DoesNotHold(path, signed.Kid, key, keyPath));
        }
    }

    /// <summary>The key for a signature; when there is none, the report says of which kind it would have to be.</summary>
    public static ECDsa Find(CheckReport report, CheckKeys keys, Kid kid, string keyPath)
    {
        if (keys.Find(kid) is { } key)
        {
            return key;
        }

        if (keys.PublicKeys.Count == 0)
        {
            report.SetOtherKind("a P-256 public key");
        }
        else
        {
            report.SetNoSuchKey();
        }

        throw NoKey(keyPath, kid.ToString());
    }

    public static CliException NoKey(string keyPath, string kid) =>
        CliException.DoesNotHold($"no P-256 key {kid} in {keyPath}", "the key that signed", "pass the signer's public key", "signature");
}
