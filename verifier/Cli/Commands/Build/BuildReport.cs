using System.Globalization;
using IotAttest.Cli.Output;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Images;

namespace IotAttest.Cli.Commands.Build;

/// <summary>What people and scripts see of a manifest.</summary>
internal static class BuildReport
{
    public static void WriteNew(
        Terminal terminal, BuildManifest manifest, SignedCorim signed, FlashRegions regions, Dictionary<string, string> files, string path, bool asJson)
    {
        if (asJson)
        {
            terminal.WriteJson(ToJson(manifest, signed));
            return;
        }

        terminal.WriteTable(
            ["region", "offset", "size", "file", "file bytes", "digest of the whole region"],
            regions.Regions.Select(region => new[]
            {
                region.Name,
                $"0x{region.Offset:X}",
                $"0x{region.Size:X}",
                files[region.Name],
                region.FileLengthBytes.ToString(CultureInfo.InvariantCulture),
                new Sha256Digest(region.Sha256.Span).ToString(),
            }));
        WriteAssemblies(terminal, manifest);
        WriteIdentity(terminal, manifest, signed);
        terminal.WriteLine($"written to {path}");
    }

    public static void Write(Terminal terminal, BuildManifest manifest, SignedCorim signed)
    {
        terminal.WriteTable(["region", "digest of the whole region"], manifest.Components.Select(component => new[] { component.Name, component.Digest.ToString() }));
        WriteAssemblies(terminal, manifest);
        WriteIdentity(terminal, manifest, signed);
    }

    public static object ToJson(BuildManifest manifest, SignedCorim signed) => new
    {
        id = manifest.CorimId,
        sha256 = signed.Sha256.ToString(),
        issuer = manifest.Issuer,
        subject = signed.Subject,
        kid = signed.Kid.ToString(),
        @class = manifest.ClassId,
        product = manifest.ProductName,
        version = manifest.Version,
        securityVersion = manifest.SecurityVersion,
        notBefore = manifest.NotBefore is { } from ? UtcText.Of(from) : null,
        notAfter = manifest.NotAfter is { } until ? UtcText.Of(until) : null,
        sbom = manifest.Sbom?.ToString(),
        components = manifest.Components.Select(component => new { component.Name, digest = component.Digest.ToString() }),
        assemblies = manifest.Assemblies.Select(assembly => new { assembly.Name, assembly.Version, assembly.SizeBytes, digest = assembly.Digest.ToString() }),
    };

    private static void WriteAssemblies(Terminal terminal, BuildManifest manifest) => terminal.WriteTable(
        ["assembly", "version", "bytes", "digest"],
        manifest.Assemblies.Select(assembly => new[] { assembly.Name, assembly.Version, assembly.SizeBytes.ToString(CultureInfo.InvariantCulture), assembly.Digest.ToString() }));

    private static void WriteIdentity(Terminal terminal, BuildManifest manifest, SignedCorim signed) => terminal.WriteFields(
        ("product", manifest.ProductName),
        ("class", manifest.ClassId.ToString("D")),
        ("version", manifest.Version),
        ("security version", manifest.SecurityVersion.ToString(CultureInfo.InvariantCulture)),
        ("valid from", manifest.NotBefore is { } from ? UtcText.Of(from) : null),
        ("valid until", manifest.NotAfter is { } until ? UtcText.Of(until) : null),
        ("sbom", manifest.Sbom?.ToString()),
        ("issuer", manifest.Issuer),
        ("key id", signed.Kid.ToString()),
        ("corim id", manifest.CorimId.ToString("D")),
        ("file", signed.Sha256.ToString()));
}
