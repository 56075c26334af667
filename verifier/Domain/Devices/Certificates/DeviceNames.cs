using System.Security.Cryptography.X509Certificates;
using IotAttest.Protocol;

namespace IotAttest.Domain.Devices.Certificates;

/// <summary>Reads UEID, class and oemid from a device certificate: subject serialNumber, and one URI in subjectAltName.</summary>
internal static class DeviceNames
{
    /// <summary><c>urn:iotattest:device:UEID:CLASS:OEMID</c></summary>
    private const string Prefix = "urn:iotattest:device:";
    private const int Parts = 3;

    public static CertificateRefusal? TryRead(IReadOnlyList<X509Certificate2> path, DeviceCaRules rules, out DeviceCertificate? device)
    {
        device = null;
        X509Certificate2 leaf = path[0];
        string[] uris = [.. AltNames.TryRead(leaf)?.Uris.Where(uri => uri.StartsWith(Prefix, StringComparison.Ordinal)) ?? []];
        string[] parts = uris is [string uri] ? uri[Prefix.Length..].Split(':') : [];
        if (parts.Length != Parts || Ueid.FromHex(parts[0]) is null || !Guid.TryParseExact(parts[1], "D", out Guid classId) || classId == Guid.Empty || OemId.Parse(parts[2]) is not { } oemId)
        {
            return new CertificateRefusal("CertificateProfile", "no subjectAltName that names the board", $"exactly one URI {Prefix}<34 hex digits>:<class UUID>:<oemid>");
        }

        if (DirectoryName.Values(leaf.SubjectName, X509Oid.SerialNumber) is not [string serial] || serial != parts[0])
        {
            return new CertificateRefusal("CertificateProfile", "a subject whose serialNumber is not the UEID", "serialNumber (2.5.4.5) with the UEID as 34 lower-case hex digits, once");
        }

        device = new DeviceCertificate(parts[0], classId, oemId, DeviceChain.P256Of(leaf)!, [.. path.SkipLast(1).Zip(path.Skip(1), Issued)]);
        CertificateRefusal? refusal = CheckRules(leaf, device, rules);
        device = refusal is null ? device : null;
        return refusal;
    }

    private static IssuedCertificate Issued(X509Certificate2 certificate, X509Certificate2 issuer) =>
        new(DeviceChain.KeyHash(issuer), RevocationList.SerialText(certificate.SerialNumberBytes.Span));

    private static CertificateRefusal? CheckRules(X509Certificate2 leaf, DeviceCertificate device, DeviceCaRules rules)
    {
        string? seen = null;
        if (rules.OemId is { } oemId && device.OemId != oemId)
        {
            seen = $"oemid {device.OemId}, where the root is registered for {oemId}";
        }
        else if (rules.UeidPrefix is { } prefix && !device.Ueid.StartsWith(prefix, StringComparison.Ordinal))
        {
            seen = $"UEID {device.Ueid}, where the root is registered for UEIDs that start with {prefix}";
        }
        else if (rules.SubjectOrganisation is { } organisation
            && (DirectoryName.Values(leaf.SubjectName, X509Oid.OrganisationName) is not [string value] || DirectoryName.Prepare(value) != DirectoryName.Prepare(organisation)))
        {
            seen = $"subject \"{leaf.Subject}\", where the root is registered for O={organisation}";
        }

        return seen is null ? null : new CertificateRefusal("OutsideRegistration", seen, "a certificate within what the manufacturer registered the root for");
    }
}
