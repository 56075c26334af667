using IotAttest.Domain.Sbom;

namespace IotAttest.Cli.Commands.Build;

/// <summary>Compares two bills of materials: components added, removed, or with another version.</summary>
internal static class SbomChanges
{
    public static IEnumerable<BuildChange> Between(SbomDocument before, SbomDocument after)
    {
        Dictionary<string, string> left = Versions(before);
        Dictionary<string, string> right = Versions(after);
        return left.Keys.Union(right.Keys)
            .Order(StringComparer.Ordinal)
            .Select(name => new BuildChange("component", name, left.GetValueOrDefault(name), right.GetValueOrDefault(name)))
            .Where(change => change.Before != change.After);
    }

    // A component may be there in several versions at once.
    private static Dictionary<string, string> Versions(SbomDocument sbom) => sbom.Components
        .GroupBy(component => component.Name, StringComparer.Ordinal)
        .ToDictionary(
            group => group.Key,
            group => string.Join(", ", group.Select(component => component.Version ?? "no version").Distinct().Order(StringComparer.Ordinal)),
            StringComparer.Ordinal);
}
