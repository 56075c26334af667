using System.Security.Cryptography;
using IotAttest.Cli.Failures;
using IotAttest.Domain.Cose;

namespace IotAttest.Cli.Keys;

/// <summary>Says why a signature does not hold as far as the key ids tell.</summary>
internal static class SignatureFailures
{
    public static CliException DoesNotHold(string path, Kid named, ECDsa key, string keyPath)
    {
        Kid given = Kid.OfKey(key);
        return given == named
            ? CliException.DoesNotHold($"a signature that does not hold in {path}", $"a signature by key {given} ({keyPath})", "the file was changed after it was signed: get it again from its issuer", "signature")
            : CliException.DoesNotHold($"a signature by key {named} in {path}", $"key {given} ({keyPath})", "pass the key that signed, or get the file from the right issuer", "signature");
    }
}
