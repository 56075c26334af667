using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace IotAttest.Service.Hosting.Tls;

/// <summary>How this verifier looks at the certificates of those it calls.</summary>
internal static class OutboundTls
{
    /// <summary>For an <see cref="HttpClient"/>: the system's roots, and <see cref="Policy"/>.</summary>
    public static SslClientAuthenticationOptions Options => new() { CertificateChainPolicy = Policy };

    /// <summary>Issuers are what the other side sent, and nothing is fetched. A certificate may name any address for its issuer (RFC 5280 section 4.2.2.1): a stranger would have
    /// the verifier call where webhooks may not, and the thread that handles the handshake wait for the answer.</summary>
    public static X509ChainPolicy Policy => new() { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
}
