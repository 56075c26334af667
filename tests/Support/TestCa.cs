using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace IotAttest.Support;

/// <summary>A certification authority of a manufacturer: makes CAs under it, device certificates and revocation lists.</summary>
public sealed class TestCa : IDisposable
{
    public static readonly DateTimeOffset From = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Until = new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);

    private TestCa(X509Certificate2 certificate, ECDsa key)
    {
        Certificate = certificate;
        Key = key;
    }

    public X509Certificate2 Certificate { get; }

    public ECDsa Key { get; }

    public string Pem => Certificate.ExportCertificatePem();

    public static TestCa Root(string subject = "O=acme, CN=acme root", int? pathLength = null, Action<CertificateRequest>? change = null)
    {
        ECDsa key = NewKey();
        CertificateRequest request = CaRequest(subject, key, pathLength);
        change?.Invoke(request);
        return new TestCa(request.CreateSelfSigned(From, Until), key);
    }

    public TestCa Under(string subject = "O=acme, CN=acme line 1", int? pathLength = null, Action<CertificateRequest>? change = null, DateTimeOffset? until = null)
    {
        ECDsa key = NewKey();
        CertificateRequest request = CaRequest(subject, key, pathLength);
        change?.Invoke(request);
        using X509Certificate2 certificate = Sign(request, until ?? Until, NewSerial());
        return new TestCa(certificate.CopyWithPrivateKey(key), key);
    }

    /// <summary>A device certificate of the profile, changed when asked.</summary>
    public X509Certificate2 Device(
        ECDsa key, string ueid, string productClass, string oemId = "32473", string? subject = null, byte[]? serial = null, Action<CertificateRequest>? change = null, DateTimeOffset? until = null)
    {
        CertificateRequest request = new(new X500DistinguishedName(subject ?? $"SERIALNUMBER={ueid}, O=acme", X500DistinguishedNameFlags.Reversed), key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddUri(new Uri($"urn:iotattest:device:{ueid}:{productClass}:{oemId}"));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        change?.Invoke(request);
        return Sign(request, until ?? Until, serial ?? NewSerial());
    }

    /// <summary>A revocation list, DER.</summary>
    public byte[] Crl(int number, DateTimeOffset thisUpdate, DateTimeOffset nextUpdate, params byte[][] serials)
    {
        CertificateRevocationListBuilder builder = new();
        foreach (byte[] serial in serials)
        {
            builder.AddEntry(serial, thisUpdate);
        }

        return builder.Build(Certificate, number, nextUpdate, HashAlgorithmName.SHA256, thisUpdate: thisUpdate);
    }

    /// <summary>A revocation list as PEM, in force for 30 days.</summary>
    public string CrlPem(int number, DateTimeOffset thisUpdate, params byte[][] serials) => PemEncoding.WriteString("X509 CRL", Crl(number, thisUpdate, thisUpdate.AddDays(30), serials));

    /// <summary>A request that proves the key, for a name.</summary>
    public string Proof(string name) => new CertificateRequest($"CN={name}", Key, HashAlgorithmName.SHA256).CreateSigningRequestPem();

    /// <summary>nameConstraints with permitted and excluded directory names.</summary>
    public static X509Extension NameConstraints(string? permitted = null, string? excluded = null, string? permittedDns = null)
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            Write(writer, 0, permitted, permittedDns);
            Write(writer, 1, excluded, null);
        }

        return new X509Extension("2.5.29.30", writer.Encode(), critical: true);
    }

    public void Dispose()
    {
        Certificate.Dispose();
        Key.Dispose();
    }

    private static void Write(AsnWriter writer, int tag, string? name, string? dns)
    {
        if (name is null && dns is null)
        {
            return;
        }

        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, tag)))
        {
            using (writer.PushSequence())
            {
                if (dns is not null)
                {
                    writer.WriteCharacterString(UniversalTagNumber.IA5String, dns, new Asn1Tag(TagClass.ContextSpecific, 2));
                }
                else
                {
                    using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 4)))
                    {
                        writer.WriteEncodedValue(NameOf(name!).RawData);
                    }
                }
            }
        }
    }

    private static X500DistinguishedName NameOf(string text) => new(text, X500DistinguishedNameFlags.None);

    private static CertificateRequest CaRequest(string subject, ECDsa key, int? pathLength)
    {
        CertificateRequest request = new(NameOf(subject), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, pathLength is not null, pathLength ?? 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request;
    }

    private static ECDsa NewKey() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static byte[] NewSerial() => [0x40, .. RandomNumberGenerator.GetBytes(15)];

    private X509Certificate2 Sign(CertificateRequest request, DateTimeOffset until, byte[] serial)
    {
        X509SignatureGenerator generator = X509SignatureGenerator.CreateForECDsa(Key);
        return request.Create(Certificate.SubjectName, generator, From, until, serial);
    }
}
