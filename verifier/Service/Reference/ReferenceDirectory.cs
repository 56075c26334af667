using System.Collections.Concurrent;
using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Service.Reference;

/// <summary>Reference values of all manufacturers, each a snapshot that another takes the place of when its builds or certificates change.</summary>
internal sealed class ReferenceDirectory
{
    private readonly ConcurrentDictionary<string, ManufacturerReference> _byManufacturer = new(StringComparer.Ordinal);

    /// <summary>The builds of a manufacturer; empty for one without any.</summary>
    public ManufacturerReference Of(string manufacturer) =>
        _byManufacturer.TryGetValue(manufacturer, out ManufacturerReference? reference) ? reference : ManufacturerReference.Empty;

    /// <summary>Puts a manufacturer's new snapshot in place. Called on the writer thread after the commit.</summary>
    public void Replace(string manufacturer, ManufacturerReference reference) => _byManufacturer[manufacturer] = reference;

    /// <summary>Finds a build of any manufacturer.</summary>
    public ReferenceBuild? Find(string buildId) =>
        _byManufacturer.Select(entry => entry.Value.Find(buildId)).FirstOrDefault(build => build is not null);
}
