using System.Security.Cryptography;
using IotAttest.Domain.Corim;

namespace IotAttest.Domain.Tests.Corim;

internal static class CorimSamples
{
    internal const string Issuer = "acme";

    internal static readonly Guid ClassId = new("3a027440-72b9-4f97-9da0-8c5b58d2cd3b");

    internal static readonly BuildManifest Manifest = new(
        ClassId,
        Issuer,
        "1.2.0",
        3,
        [Component("bootloader", 1), Component("partitions", 2), Component("clr", 3), Component("deployment", 4)],
        [new AssemblyEntry("mscorlib", "1.17.11.0", 31416, Digest(5)), new AssemblyEntry("Thermostat", "1.2.0.0", 2048, Digest(6))])
    {
        ProductName = "Thermostat T1",
        Sbom = Digest(7),
    };

    internal static readonly CertificateEndorsement Certificate = new(
        "DEMO-2026-0001", "demo", "basic", "demo-cb", Digest(8), ClassId, Manifest.Components, new DateTimeOffset(2028, 11, 22, 0, 0, 0, TimeSpan.Zero))
    {
        ValidFrom = new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero),
    };

    internal static ECDsa NewKey() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    internal static Sha256Digest Digest(byte seed) => Sha256Digest.Of([seed]);

    internal static ComponentDigest Component(string name, byte seed) => new(name, Digest(seed));

    internal static byte[] Signed(BuildManifest manifest, ECDsa key) =>
        BuildManifestWriter.Sign(BuildManifestWriter.EncodeBody(manifest), manifest.Issuer, "Thermostat T1 1.2.0", key);

    internal static byte[] Signed(CertificateEndorsement certificate, ECDsa key) =>
        CertificateEndorsementWriter.Sign(CertificateEndorsementWriter.EncodeBody(certificate), certificate.Issuer, certificate.CertificateId, key);

    /// <summary>Signs any bytes as a manifest of <see cref="Issuer"/>.</summary>
    internal static SignedCorim SignedBody(byte[] body)
    {
        using ECDsa key = NewKey();
        Assert.True(SignedCorim.TryDecode(BuildManifestWriter.Sign(body, Issuer, "x", key), out SignedCorim? signed, out CorimError? error), error?.ToString());
        return signed;
    }
}
