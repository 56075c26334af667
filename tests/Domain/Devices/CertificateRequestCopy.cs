using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IotAttest.Support;

namespace IotAttest.Domain.Tests.Devices;

/// <summary>The same CA, name and key, once more with the right to sign revocation lists.</summary>
internal sealed class CertificateRequestCopy(TestCa ca)
{
    public X509Certificate2 WithCrlSign()
    {
        CertificateRequest request = new(ca.Certificate.SubjectName, ca.Key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request.CreateSelfSigned(TestCa.From, TestCa.Until);
    }

    public static byte[] Crl(X509Certificate2 issuer, DateTimeOffset now) =>
        new CertificateRevocationListBuilder().Build(issuer, 1, now.AddDays(1), HashAlgorithmName.SHA256, thisUpdate: now);
}
