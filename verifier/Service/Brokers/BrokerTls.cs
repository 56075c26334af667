using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IotAttest.Domain.Devices.Certificates;
using IotAttest.Service.Hosting.Tls;

namespace IotAttest.Service.Brokers;

/// <summary>Which broker this verifier believes in: one with a certificate for its name under the given roots, or under the system's.</summary>
internal static class BrokerTls
{
    private const int MaxFileBytes = 256 * 1024;

    public static SslClientAuthenticationOptions OptionsFor(string host, string? caPath) => new()
    {
        TargetHost = host,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        CertificateChainPolicy = caPath is null ? OutboundTls.Policy : PolicyOf(caPath),
    };

    /// <exception cref="IOException">The file is too long, or cannot be read.</exception>
    /// <exception cref="CryptographicException">It holds no certificates.</exception>
    public static X509ChainPolicy PolicyOf(string caPath)
    {
        FileInfo file = new(caPath);
        if (file.Exists && file.Length > MaxFileBytes)
        {
            throw new IOException($"{file.Length} bytes; certificates fit into {MaxFileBytes}");
        }

        return OnlyUnder.Pem(File.ReadAllText(caPath));
    }

    /// <summary>What is wrong with a file of roots, or null.</summary>
    public static string? FaultOf(string caPath)
    {
        try
        {
            return PolicyOf(caPath).CustomTrustStore.Count > 0 ? null : "which holds no certificate";
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return $"which cannot be used ({cause.Message})";
        }
    }
}
