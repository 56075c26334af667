using System.Security.Cryptography;
using IotAttest.Domain.Corim;

namespace IotAttest.Service.Tests;

/// <summary>Signed manifests and certificates for tests.</summary>
internal static class SignedFiles
{
    public const string MediaType = "application/rim+cose";

    public static BuildManifest Manifest(string version = "1.0.0", string issuer = "acme", ulong securityVersion = 1) => new(
        Guid.Parse(Boards.Class),
        issuer,
        version,
        securityVersion,
        [new ComponentDigest("clr", Sha256Digest.Of("clr"u8)), new ComponentDigest("deployment", DigestOf(version))],
        [new AssemblyEntry("App", version, 1234, DigestOf($"app {version}"))])
    {
        ProductName = "Sensor",
        Sbom = DigestOf("sbom"),
    };

    public static Sha256Digest DigestOf(string text) => Sha256Digest.Of(System.Text.Encoding.UTF8.GetBytes(text));

    public static byte[] Sign(this BuildManifest manifest, ECDsa key, string? issuer = null) =>
        BuildManifestWriter.Sign(BuildManifestWriter.EncodeBody(manifest), issuer ?? manifest.Issuer, manifest.Version, key);

    public static CertificateEndorsement Certificate(byte[] manifestFile, BuildManifest manifest, DateTimeOffset now, string id = "DEMO-1", string scheme = "demo", string level = "substantial") => new(
        id, scheme, level, "demo-cb", Sha256Digest.Of(manifestFile), manifest.ClassId, manifest.Components, DateTimeOffset.FromUnixTimeSeconds(now.AddDays(365).ToUnixTimeSeconds()));

    public static byte[] Sign(this CertificateEndorsement endorsement, ECDsa key) =>
        CertificateEndorsementWriter.Sign(CertificateEndorsementWriter.EncodeBody(endorsement), endorsement.Issuer, endorsement.CertificateId, key);

    public static ECDsa NewKey() => ECDsa.Create(ECCurve.NamedCurves.nistP256);
}
