using System.Security.Cryptography.X509Certificates;

namespace IotAttest.Domain.Devices.Certificates;

/// <summary>The rules that every certificate of a path keeps (RFC 5280 sections 4 and 6, IEEE 802.1AR section 8).</summary>
public static class CertificateProfile
{
    private const string Code = "CertificateProfile";

    // Understood here; a critical extension of any other kind would be passed over (RFC 5280 section 4.2).
    private static readonly string[] Understood =
    [
        X509Oid.KeyUsage, X509Oid.BasicConstraints, X509Oid.NameConstraints, X509Oid.SubjectAltName, X509Oid.SubjectKeyIdentifier, X509Oid.AuthorityKeyIdentifier, X509Oid.ExtendedKeyUsage,
    ];

    /// <summary>Checks each certificate of a path by its place in it.</summary>
    /// <param name="path">Device certificate first, root last.</param>
    /// <param name="at">When they must be valid.</param>
    public static CertificateRefusal? CheckAll(IReadOnlyList<X509Certificate2> path, DateTimeOffset at)
    {
        for (int place = 0; place < path.Count; place++)
        {
            X509Certificate2 certificate = path[place];
            string? seen = CheckOne(certificate, at) ?? (place == 0 ? CheckDevice(certificate) : CheckIssuer(certificate, place));
            if (seen is not null)
            {
                return new CertificateRefusal(Code, $"{Name(place, path.Count)}: {seen}", "certificates of the IDevID profile (docs/protocol.md)");
            }
        }

        return null;
    }

    /// <summary>Checks a path that starts with a CA.</summary>
    /// <param name="path">A CA first, root last.</param>
    /// <param name="at">When they must be valid.</param>
    public static CertificateRefusal? CheckIssuers(IReadOnlyList<X509Certificate2> path, DateTimeOffset at)
    {
        for (int place = 0; place < path.Count; place++)
        {
            if ((CheckOne(path[place], at) ?? CheckIssuer(path[place], place + 1)) is { } seen)
            {
                return new CertificateRefusal(Code, seen, "CAs of the IDevID profile (docs/protocol.md)");
            }
        }

        return null;
    }

    /// <summary>What a root must be before it is registered: self-signed, a CA, on P-256.</summary>
    public static CertificateRefusal? CheckRoot(X509Certificate2 root, DateTimeOffset at)
    {
        string? seen = !root.SubjectName.RawData.AsSpan().SequenceEqual(root.IssuerName.RawData) ? "a certificate of another issuer" : CheckOne(root, at) ?? CheckIssuer(root, 1);
        return seen is null ? null : new CertificateRefusal(Code, seen, "a self-signed root of the IDevID profile (docs/protocol.md); CAs under it travel with each board");
    }

    private static string? CheckOne(X509Certificate2 certificate, DateTimeOffset at)
    {
        string[] kinds = [.. certificate.Extensions.Select(extension => extension.Oid!.Value!)];
        if (kinds.Distinct().Count() != kinds.Length)
        {
            return "an extension twice (RFC 5280 section 4.2)";
        }

        if (certificate.Extensions.FirstOrDefault(extension => extension.Critical && !Understood.Contains(extension.Oid!.Value)) is { } unknown)
        {
            return $"the critical extension {unknown.Oid!.Value}, which is not understood here";
        }

        if (certificate.Version != 3 || certificate.SignatureAlgorithm.Value != X509Oid.EcdsaSha256 || DeviceChain.P256Of(certificate) is null)
        {
            return "another key or signature than ECDSA on P-256 with SHA-256, X.509 version 3";
        }

        return at < certificate.NotBefore.ToUniversalTime() || at > certificate.NotAfter.ToUniversalTime()
            ? FormattableString.Invariant($"valid from {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd HH:mm:ss}Z to {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm:ss}Z, and now is {at.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z")
            : null;
    }

    private static string? CheckDevice(X509Certificate2 certificate)
    {
        if (certificate.Extensions.OfType<X509BasicConstraintsExtension>().SingleOrDefault() is { CertificateAuthority: true })
        {
            return "basicConstraints cA TRUE in a device certificate";
        }

        X509KeyUsageFlags usage = UsageOf(certificate);
        return !usage.HasFlag(X509KeyUsageFlags.DigitalSignature) || usage.HasFlag(X509KeyUsageFlags.KeyCertSign) || usage.HasFlag(X509KeyUsageFlags.CrlSign)
            ? "keyUsage without digitalSignature, or with keyCertSign or cRLSign"
            : null;
    }

    private static string? CheckIssuer(X509Certificate2 certificate, int place)
    {
        // RFC 5280 section 4.2.1.9: present and critical in every CA.
        if (certificate.Extensions.OfType<X509BasicConstraintsExtension>().SingleOrDefault() is not { CertificateAuthority: true, Critical: true } constraints)
        {
            return "no critical basicConstraints with cA TRUE";
        }

        if (!UsageOf(certificate).HasFlag(X509KeyUsageFlags.KeyCertSign))
        {
            return "keyUsage without keyCertSign";
        }

        // Under the CA at this place stand place - 1 more CAs.
        return constraints.HasPathLengthConstraint && constraints.PathLengthConstraint < place - 1
            ? $"pathLenConstraint {constraints.PathLengthConstraint} with {place - 1} CAs under it"
            : null;
    }

    private static X509KeyUsageFlags UsageOf(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509KeyUsageExtension>().SingleOrDefault()?.KeyUsages ?? X509KeyUsageFlags.None;

    private static string Name(int place, int count) => place == 0 ? "the device certificate" : place == count - 1 ? "the root" : $"the CA at place {place + 1}";
}
