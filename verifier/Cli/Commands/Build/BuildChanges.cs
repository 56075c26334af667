using System.Globalization;
using IotAttest.Cli.Output;
using IotAttest.Domain.Corim;

namespace IotAttest.Cli.Commands.Build;

/// <summary>Compares two manifests.</summary>
internal static class BuildChanges
{
    public static IEnumerable<BuildChange> Between(BuildManifest before, BuildManifest after) =>
    [
        .. Compare("build", Fields(before), Fields(after)),
        .. Compare("region", Regions(before), Regions(after)),
        .. Compare("assembly", Assemblies(before), Assemblies(after)),
    ];

    private static IEnumerable<BuildChange> Compare(string what, Dictionary<string, string?> before, Dictionary<string, string?> after) =>
        before.Keys.Union(after.Keys)
            .Select(name => new BuildChange(what, name, before.GetValueOrDefault(name), after.GetValueOrDefault(name)))
            .Where(change => change.Before != change.After);

    private static Dictionary<string, string?> Fields(BuildManifest manifest) => new()
    {
        ["issuer"] = manifest.Issuer,
        ["class"] = manifest.ClassId.ToString("D"),
        ["product"] = manifest.ProductName,
        ["version"] = manifest.Version,
        ["security version"] = manifest.SecurityVersion.ToString(CultureInfo.InvariantCulture),
        ["valid from"] = manifest.NotBefore is { } from ? UtcText.Of(from) : null,
        ["valid until"] = manifest.NotAfter is { } until ? UtcText.Of(until) : null,
        ["sbom"] = manifest.Sbom?.ToString(),
    };

    private static Dictionary<string, string?> Regions(BuildManifest manifest) =>
        manifest.Components.ToDictionary(component => component.Name, component => (string?)component.Digest.ToString());

    private static Dictionary<string, string?> Assemblies(BuildManifest manifest) =>
        manifest.Assemblies.ToDictionary(assembly => assembly.Name, assembly => (string?)$"{assembly.Version}, {assembly.SizeBytes} bytes, {assembly.Digest}");
}
