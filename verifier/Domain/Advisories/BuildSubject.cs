using System.Collections.Immutable;

namespace IotAttest.Domain.Advisories;

/// <summary>A build as matching sees it.</summary>
/// <param name="Id">The build id.</param>
/// <param name="ClassId">Its product class.</param>
/// <param name="Manufacturer">The organisation that signed its manifest.</param>
/// <param name="ProductName">What the manifest calls the product, or null.</param>
/// <param name="Version">Version text.</param>
/// <param name="Files">SHA-256 of its manifest and of its bill of materials, 64 lower-case hex digits each.</param>
/// <param name="Regions">SHA-256 of each measured region, lower-case hex, by name.</param>
/// <param name="Components">Its components, or those that the advisory at hand could mean; null when nobody uploaded a bill of materials.</param>
public sealed record BuildSubject(
    Guid Id,
    Guid ClassId,
    string Manufacturer,
    string? ProductName,
    string Version,
    ImmutableArray<string> Files,
    IReadOnlyDictionary<string, string> Regions,
    IReadOnlyList<ComponentSubject>? Components)
{
    private readonly ILookup<string, ComponentSubject> _byName = (Components ?? [])
        .SelectMany(component => new[] { component.Name, component.Purl?.Name ?? component.Name }.Distinct(StringComparer.OrdinalIgnoreCase).Select(name => (name, component)))
        .ToLookup(entry => entry.name, entry => entry.component, StringComparer.OrdinalIgnoreCase);

    /// <summary>The components whose name, or the name in whose package URL, is this one; letters compare without case.</summary>
    public IEnumerable<ComponentSubject> ComponentsNamed(string name) => _byName[name];
}
