using System.Security.Cryptography.X509Certificates;

namespace IotAttest.Domain.Devices.Certificates;

/// <summary>Trust in given roots and in nothing else: not in the system's store, and nothing is fetched.</summary>
public static class OnlyUnder
{
    /// <summary>A policy under which a chain holds only when it ends in one of the roots. It is asked offline: no certificate is downloaded (RFC 5280 section 4.2.2.1 names places to do so), and revocation is
    /// the caller's to check, because no list of these roots is known here.</summary>
    /// <param name="roots">One or more certificates; with none no chain holds. They stay the caller's to dispose.</param>
    /// <returns>A policy of the caller's own, to which more may be added.</returns>
    public static X509ChainPolicy Policy(X509Certificate2Collection roots)
    {
        X509ChainPolicy policy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(roots);
        return policy;
    }

    /// <summary>The same for the certificates of a PEM text, however many it holds.</summary>
    /// <param name="pem">Certificates (RFC 7468 section 5); other parts are passed over.</param>
    /// <exception cref="System.Security.Cryptography.CryptographicException">A part that says it is a certificate is none.</exception>
    public static X509ChainPolicy Pem(string pem)
    {
        X509Certificate2Collection roots = [];
        roots.ImportFromPem(pem);
        return Policy(roots);
    }
}
