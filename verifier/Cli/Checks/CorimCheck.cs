using System.Security.Cryptography;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Keys;
using IotAttest.Domain.Corim;

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
        ECDsa key = keys.Find(signed.Kid) ?? throw NoKey(keyPath, signed.Kid.ToString());
        bool holds = signed.Verify(key);
        report.SetSignature(holds);
        if (!holds)
        {
            report.Fail(SignatureFailures.DoesNotHold(path, signed.Kid, key, keyPath));
        }
    }

    public static CliException NoKey(string keyPath, string kid) =>
        CliException.DoesNotHold($"no P-256 key {kid} in {keyPath}", "the key that signed", "pass the signer's public key", "signature");
}
