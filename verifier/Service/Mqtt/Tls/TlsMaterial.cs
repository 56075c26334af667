using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using IotAttest.Domain.Devices.Certificates;

namespace IotAttest.Service.Mqtt.Tls;

/// <summary>What the TLS listener presents and whom it trusts, as the files said at one moment.</summary>
internal sealed class TlsMaterial
{
    private const int MaxFileBytes = 256 * 1024;
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2"; // RFC 5280 section 4.2.1.12

    private readonly SslStreamCertificateContext _server;
    private readonly X509ChainPolicy? _clients;

    private TlsMaterial(SslStreamCertificateContext server, X509ChainPolicy? clients, byte[] digest)
    {
        _server = server;
        _clients = clients;
        Digest = digest;
    }

    /// <summary>SHA-256 over the files: another one means that somebody changed them.</summary>
    public byte[] Digest { get; }

    public X509Certificate2 Leaf => _server.TargetCertificate;

    /// <summary>Reads both files.</summary>
    /// <param name="certificatePath">PEM: the server's certificate, what lies between it and the root, and the private key (ECDSA or RSA).</param>
    /// <param name="clientCaPath">PEM: roots under which a client's certificate must lie; null asks for none.</param>
    /// <exception cref="CryptographicException">A file holds no certificate, no key, or a key of another certificate.</exception>
    /// <exception cref="IOException">A file cannot be read or is too long.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static TlsMaterial Read(string certificatePath, string? clientCaPath)
    {
        string own = ReadText(certificatePath);
        string? clients = clientCaPath is null ? null : ReadText(clientCaPath);
        X509Certificate2Collection chain = [];
        chain.ImportFromPem(own);

        // Boards pin a CA: what lies between it and the leaf is in the file and must go over the wire.
        SslStreamCertificateContext server = SslStreamCertificateContext.Create(PairOf(own), chain, offline: true);
        return new TlsMaterial(server, clients is null ? null : PolicyOf(clients), DigestOf(own, clients));
    }

    /// <summary>The digest that <see cref="Read"/> would give now.</summary>
    public static byte[] DigestNow(string certificatePath, string? clientCaPath) =>
        DigestOf(ReadText(certificatePath), clientCaPath is null ? null : ReadText(clientCaPath));

    /// <summary>Options for one connection; the caller may change them.</summary>
    public SslServerAuthenticationOptions ToOptions() => new()
    {
        ServerCertificateContext = _server,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        ClientCertificateRequired = _clients is not null,
        CertificateChainPolicy = _clients,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
    };

    private static X509Certificate2 PairOf(string pem)
    {
        try
        {
            return X509Certificate2.CreateFromPem(pem, pem);
        }
        catch (ArgumentException cause)
        {
            // .NET's way of saying that the key is of another certificate.
            throw new CryptographicException(cause.Message, cause);
        }
    }

    private static X509ChainPolicy PolicyOf(string pem)
    {
        X509ChainPolicy policy = OnlyUnder.Pem(pem);
        policy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        return policy.CustomTrustStore.Count > 0 ? policy : throw new CryptographicException("The file with client CAs holds no certificate.");
    }

    private static byte[] DigestOf(string own, string? clients) => SHA256.HashData(Encoding.UTF8.GetBytes($"{own}\0{clients}"));

    private static string ReadText(string path)
    {
        FileInfo file = new(path);
        return !file.Exists || file.Length <= MaxFileBytes ? File.ReadAllText(path) : throw new IOException($"{path} has {file.Length} bytes; certificates and a key fit into {MaxFileBytes}.");
    }
}
