using System.Security.Cryptography.X509Certificates;
using System.Text;
using IotAttest.Domain.Devices.Certificates;
using IotAttest.Service.Problems;

namespace IotAttest.Service.DeviceCertificates;

/// <summary>An uploaded revocation list whose signature holds.</summary>
/// <param name="Der">As uploaded.</param>
/// <param name="List">Decoded.</param>
/// <param name="IssuerKey">Hash of the key that signed it.</param>
internal sealed record CrlUpload(byte[] Der, RevocationList List, string IssuerKey)
{
    public const string DerType = "application/pkix-crl";
    public const string PemType = "application/x-pem-file";

    /// <summary>PEM is a third longer, and the certificates of CAs may come along.</summary>
    public const int MaxBytes = (RevocationList.MaxBytes / 2 * 3) + (64 * 1024);

    private const string CrlLabel = "X509 CRL";
    private const string CertificateLabel = "CERTIFICATE";

    /// <summary>Reads a list, DER or PEM. One that a CA under the root signed comes as PEM, with the certificates from that CA upwards.</summary>
    /// <exception cref="ProblemException">No list, or none of that root.</exception>
    public static CrlUpload Parse(ReadOnlyMemory<byte> body, DeviceCa ca, DateTimeOffset now)
    {
        (byte[] der, IReadOnlyList<byte[]> issuers) = Split(body);
        Check(RevocationList.TryDecode(der, out RevocationList? list));
        using X509Certificate2 root = DeviceChain.TryLoad(ca.Certificate)!;
        X509Certificate2?[] above = [.. issuers.Select(each => DeviceChain.TryLoad(each))];
        try
        {
            X509Certificate2[] path = [.. above.OfType<X509Certificate2>()];
            Check(path.Length == above.Length ? null : new CertificateRefusal("MalformedCertificate", "a CERTIFICATE that is none", "the CA that signed the list, and those between it and the root"));
            Check(path.Length == 0 ? null : DeviceChain.VerifyIssuer(path, root, now));
            X509Certificate2 issuer = path.Length == 0 ? root : path[0];
            Check(list!.Verify(issuer));
            return new CrlUpload(der, list, DeviceChain.KeyHash(issuer));
        }
        finally
        {
            Array.ForEach(above, certificate => certificate?.Dispose());
        }
    }

    private static (byte[] Der, IReadOnlyList<byte[]> Issuers) Split(ReadOnlyMemory<byte> body)
    {
        if (!body.Span.TrimStart(" \t\r\n"u8).StartsWith("-----BEGIN"u8))
        {
            return (body.ToArray(), []);
        }

        IReadOnlyList<(string Label, byte[] Bytes)> blocks = PemBlocks.TryReadAll(Encoding.ASCII.GetString(body.Span)) ?? [];
        return blocks.Count > 0 && blocks[0].Label == CrlLabel && blocks.Skip(1).All(block => block.Label == CertificateLabel)
            ? (blocks[0].Bytes, [.. blocks.Skip(1).Select(block => block.Bytes)])
            : throw Refuse.Malformed("PEM of another shape", $"one block {CrlLabel}, then the CERTIFICATE of a CA that is not the root itself", "Send the list as PEM or DER.");
    }

    private static void Check(CertificateRefusal? refusal)
    {
        if (refusal is not null)
        {
            throw refusal.ToProblem();
        }
    }
}
