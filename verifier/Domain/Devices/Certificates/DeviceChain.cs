using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IotAttest.Domain.Cose;

namespace IotAttest.Domain.Devices.Certificates;

/// <summary>Checks a device certificate with its chain against the roots of its manufacturer.</summary>
/// <remarks>.NET builds the path and checks its signatures. What RFC 5280 wants beside that is checked here again and in words of
/// our own, because platforms differ in it: name constraints on directory names above all.</remarks>
public static class DeviceChain
{
    /// <summary>Device certificate and CAs under the root.</summary>
    public const int MaxCertificates = 4;

    /// <summary>The longest certificate in bytes.</summary>
    public const int MaxCertificateBytes = 4096;

    /// <summary>Decodes one certificate.</summary>
    /// <param name="der">DER, at most <see cref="MaxCertificateBytes"/>.</param>
    /// <returns>The certificate, or null when the bytes are not exactly one. The caller disposes it.</returns>
    public static X509Certificate2? TryLoad(ReadOnlySpan<byte> der)
    {
        if (der.Length is 0 or > MaxCertificateBytes)
        {
            return null;
        }

        try
        {
            X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(der);
            if (certificate.RawDataMemory.Span.SequenceEqual(der))
            {
                return certificate;
            }

            certificate.Dispose();
        }
        catch (CryptographicException)
        {
            // Answered below: bad bytes from outside are ordinary.
        }

        return null;
    }

    /// <summary>Verifies a chain.</summary>
    /// <param name="chain">Device certificate first, each with its issuer after it; without the root.</param>
    /// <param name="root">The registered root.</param>
    /// <param name="rules">What registration narrows.</param>
    /// <param name="at">The time at which every certificate must be valid.</param>
    /// <param name="device">What the device certificate says, or null.</param>
    /// <returns>Null when everything holds, else the first refusal.</returns>
    public static CertificateRefusal? Verify(IReadOnlyList<X509Certificate2> chain, X509Certificate2 root, DeviceCaRules rules, DateTimeOffset at, out DeviceCertificate? device)
    {
        ArgumentNullException.ThrowIfNull(chain);
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(rules);
        device = null;
        if (chain.Count is 0 or > MaxCertificates)
        {
            return new CertificateRefusal("MalformedCertificate", $"{chain.Count} certificates", $"1 to {MaxCertificates}, the device certificate first, without the root");
        }

        X509Certificate2[] path = [.. chain, root];
        CertificateRefusal? refusal = CheckPath(chain, root, at) ?? CertificateProfile.CheckAll(path, at) ?? NameConstraints.CheckAll(path);
        return refusal ?? DeviceNames.TryRead(path, rules, out device);
    }

    /// <summary>Verifies a CA under a root: whether what it signed, a revocation list, is taken.</summary>
    /// <param name="chain">The CA first, each with its issuer after it; without the root.</param>
    /// <param name="root">The registered root.</param>
    /// <param name="at">The time at which every certificate must be valid.</param>
    /// <returns>Null when everything holds, else the first refusal.</returns>
    public static CertificateRefusal? VerifyIssuer(IReadOnlyList<X509Certificate2> chain, X509Certificate2 root, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(chain);
        ArgumentNullException.ThrowIfNull(root);
        if (chain.Count is 0 or >= MaxCertificates)
        {
            return new CertificateRefusal("MalformedCertificate", $"{chain.Count} CAs", $"1 to {MaxCertificates - 1}, without the root");
        }

        X509Certificate2[] path = [.. chain, root];
        return CheckPath(chain, root, at) ?? CertificateProfile.CheckIssuers(path, at) ?? NameConstraints.CheckAll(path);
    }

    /// <summary>SHA-256 of the SubjectPublicKeyInfo, lower-case hex: how revocation lists and certificates find their issuer here.</summary>
    public static string KeyHash(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return Convert.ToHexStringLower(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()));
    }

    /// <summary>The DER SubjectPublicKeyInfo of a key on P-256, uncompressed; null for any other key.</summary>
    internal static byte[]? P256Of(X509Certificate2 certificate)
    {
        using ECDsa? key = EcdsaP256.TryFromSpki(certificate.PublicKey.ExportSubjectPublicKeyInfo());
        return key?.ExportSubjectPublicKeyInfo();
    }

    private static CertificateRefusal? CheckPath(IReadOnlyList<X509Certificate2> certificates, X509Certificate2 root, DateTimeOffset at)
    {
        using X509Chain chain = new() { ChainPolicy = OnlyUnder.Policy([root]) };
        chain.ChainPolicy.ExtraStore.AddRange(certificates.Skip(1).ToArray());
        chain.ChainPolicy.VerificationTimeIgnored = false;
        chain.ChainPolicy.VerificationTime = at.UtcDateTime;
        bool isTrusted = chain.Build(certificates[0]);
        try
        {
            if (!isTrusted)
            {
                string seen = string.Join(", ", chain.ChainStatus.Select(status => status.Status.ToString()).Distinct());
                return new CertificateRefusal("ChainNotTrusted", $"a chain that does not hold ({seen})", "certificates that lead to the registered root and are valid now (RFC 5280 section 6)");
            }

            // The platform may take another way to the root: the checks that follow are about the certificates it was given.
            bool isSamePath = chain.ChainElements.Count == certificates.Count + 1
                && certificates.Append(root).Zip(chain.ChainElements, (given, used) => given.RawDataMemory.Span.SequenceEqual(used.Certificate.RawDataMemory.Span)).All(isSame => isSame);
            return isSamePath
                ? null
                : new CertificateRefusal("ChainNotTrusted", "certificates in another order, or more of them than the path has", "the device certificate first, each with its issuer after it, without the root");
        }
        finally
        {
            foreach (X509ChainElement element in chain.ChainElements)
            {
                element.Certificate.Dispose();
            }
        }
    }
}
