using IotAttest.Cli.Output;
using IotAttest.Domain.Corim;

namespace IotAttest.Cli.Commands.Certify;

/// <summary>What people and scripts see of a certificate.</summary>
internal static class CertificateReport
{
    public static void WriteNew(CliContext context, CertificateEndorsement certificate, SignedCorim signed, string path, bool asJson)
    {
        if (asJson)
        {
            context.Terminal.WriteJson(ToJson(certificate, signed));
            return;
        }

        Write(context.Terminal, certificate, signed);
        context.Terminal.WriteLine($"written to {path}");
    }

    public static void Write(Terminal terminal, CertificateEndorsement certificate, SignedCorim signed)
    {
        terminal.WriteFields(
            ("certificate", certificate.CertificateId),
            ("kind", certificate.IsProvisional ? "provisional: covers nothing yet" : null),
            ("scheme", certificate.Scheme),
            ("scheme version", certificate.SchemeVersion),
            ("level", certificate.Level),
            ("class", certificate.ClassId.ToString("D")),
            ("manifest", certificate.ManifestSha256.ToString()),
            ("valid from", certificate.ValidFrom is { } from ? UtcText.Of(from) : "at once"),
            ("valid until", UtcText.Of(certificate.ValidUntil)),
            ("patch policy", certificate.PatchPolicy.ToString()),
            ("supersedes", certificate.Supersedes is { } superseded ? $"{superseded.CertificateId}{(superseded.IsMinorChange ? ", a minor change" : "")}" : null),
            ("categories", certificate.Categories.Count == 0 ? null : string.Join(", ", certificate.Categories)),
            ("issuer", certificate.Issuer),
            ("key id", signed.Kid.ToString()),
            ("corim id", certificate.CorimId.ToString("D")),
            ("file", signed.Sha256.ToString()));
        terminal.WriteTable(["region", "digest that a board must report"], certificate.Components.Select(component => new[] { component.Name, component.Digest.ToString() }));
    }

    public static object ToJson(CertificateEndorsement certificate, SignedCorim signed) => new
    {
        id = certificate.CertificateId,
        corimId = certificate.CorimId,
        sha256 = signed.Sha256.ToString(),
        issuer = certificate.Issuer,
        kid = signed.Kid.ToString(),
        scheme = certificate.Scheme,
        level = certificate.Level,
        @class = certificate.ClassId,
        manifest = certificate.ManifestSha256.ToString(),
        validFrom = certificate.ValidFrom is { } from ? UtcText.Of(from) : null,
        validUntil = UtcText.Of(certificate.ValidUntil),
        patchPolicy = certificate.PatchPolicy.ToString(),
        supersedes = certificate.Supersedes?.CertificateId,
        isMinorChange = certificate.Supersedes?.IsMinorChange,
        categories = certificate.Categories,
        isProvisional = certificate.IsProvisional,
        schemeVersion = certificate.SchemeVersion,
        components = certificate.Components.Select(component => new { component.Name, digest = component.Digest.ToString() }),
    };
}
