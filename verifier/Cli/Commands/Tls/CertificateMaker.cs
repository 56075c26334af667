using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace IotAttest.Cli.Commands.Tls;

/// <summary>X.509 certificates as boards check them (RFC 5280).</summary>
internal static class CertificateMaker
{
    private const int RsaBits = 2048;
    private const int SerialBytes = 16;
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1"; // RFC 5280 section 4.2.1.12

    // A board whose clock is a little slow must not refuse a new certificate.
    private static readonly TimeSpan Backdated = TimeSpan.FromDays(1);

    public static AsymmetricAlgorithm NewKey(string kind) => kind == TlsKind.Rsa ? RSA.Create(RsaBits) : ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>A root that signs server certificates and nothing below another CA.</summary>
    public static X509Certificate2 MakeRoot(string name, AsymmetricAlgorithm key, DateTimeOffset now, int days)
    {
        CertificateRequest request = RequestOf(name, key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request.CreateSelfSigned(now - Backdated, now.AddDays(days));
    }

    /// <summary>A server's certificate under a root; it ends with the root at the latest.</summary>
    /// <param name="root">The root, with its private key.</param>
    /// <param name="names">Host names and IP addresses under which boards reach the server; at least one.</param>
    /// <param name="key">The server's key.</param>
    /// <param name="now">From when, less a day.</param>
    /// <param name="days">For how many days.</param>
    public static X509Certificate2 MakeServer(X509Certificate2 root, IReadOnlyList<string> names, AsymmetricAlgorithm key, DateTimeOffset now, int days)
    {
        CertificateRequest request = RequestOf(names[0], key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        request.CertificateExtensions.Add(NamesOf(names));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(root, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        DateTimeOffset until = now.AddDays(days);
        X509SignatureGenerator signer = root.GetRSAPrivateKey() is { } rsa ? X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1) : X509SignatureGenerator.CreateForECDsa(root.GetECDsaPrivateKey()!);
        return request.Create(root.SubjectName, signer, now - Backdated, until < root.NotAfter ? until : root.NotAfter, Serial());
    }

    private static CertificateRequest RequestOf(string name, AsymmetricAlgorithm key)
    {
        X500DistinguishedNameBuilder subject = new();
        subject.AddCommonName(name);
        return key is RSA rsa
            ? new CertificateRequest(subject.Build(), rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(subject.Build(), (ECDsa)key, HashAlgorithmName.SHA256);
    }

    private static X509Extension NamesOf(IReadOnlyList<string> names)
    {
        SubjectAlternativeNameBuilder builder = new();
        foreach (string name in names)
        {
            if (IPAddress.TryParse(name, out IPAddress? address))
            {
                builder.AddIpAddress(address);
            }
            else
            {
                builder.AddDnsName(name);
            }
        }

        return builder.Build();
    }

    // Positive and random (RFC 5280 section 4.1.2.2).
    private static byte[] Serial()
    {
        byte[] serial = RandomNumberGenerator.GetBytes(SerialBytes);
        serial[0] = (byte)((serial[0] & 0x7f) | 0x40);
        return serial;
    }
}
