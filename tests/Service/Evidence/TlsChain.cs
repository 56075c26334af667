using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace IotAttest.Service.Tests;

/// <summary>Root, a CA between, and a leaf for localhost or for a client.</summary>
internal sealed class TlsChain : IDisposable
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";

    private readonly X509Certificate2 _between;

    public TlsChain(bool isRsa = false, bool isClient = false)
    {
        Root = Make("root", null, isRsa, null);
        _between = Make("between", Root, isRsa, null);
        Leaf = Make("localhost", _between, isRsa, isClient ? ClientUse : ServerUse);
    }

    public X509Certificate2 Root { get; }

    public X509Certificate2 Leaf { get; }

    /// <summary>Leaf, what lies between, and the leaf's key: as a server's file has them.</summary>
    public string Pem => $"{Leaf.ExportCertificatePem()}\n{_between.ExportCertificatePem()}\n{KeyOf(Leaf).ExportPkcs8PrivateKeyPem()}\n";

    /// <summary>The leaf with what lies between, as a client presents them.</summary>
    public System.Net.Security.SslStreamCertificateContext Context => System.Net.Security.SslStreamCertificateContext.Create(Leaf, [_between], offline: true);

    public void Dispose()
    {
        Leaf.Dispose();
        _between.Dispose();
        Root.Dispose();
    }

    private static AsymmetricAlgorithm KeyOf(X509Certificate2 certificate) => (AsymmetricAlgorithm?)certificate.GetRSAPrivateKey() ?? certificate.GetECDsaPrivateKey()!;

    private static X509Certificate2 Make(string name, X509Certificate2? issuer, bool isRsa, string? use)
    {
        AsymmetricAlgorithm key = isRsa ? RSA.Create(2048) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = key is RSA rsa
            ? new CertificateRequest($"CN={name}", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest($"CN={name}", (ECDsa)key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(use is null, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        if (use is not null)
        {
            SubjectAlternativeNameBuilder names = new();
            names.AddDnsName(name);
            request.CertificateExtensions.Add(names.Build());
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], false));
        }

        DateTimeOffset from = DateTimeOffset.UtcNow.AddDays(-1);
        if (issuer is null)
        {
            return request.CreateSelfSigned(from, from.AddDays(30));
        }

        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, true, false));
        using X509Certificate2 issued = request.Create(issuer, from, issuer.NotAfter, RandomNumberGenerator.GetBytes(8));
        return key is RSA own ? issued.CopyWithPrivateKey(own) : issued.CopyWithPrivateKey((ECDsa)key);
    }
}
