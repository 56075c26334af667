using System.Collections.Frozen;
using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Service.Reference;

/// <summary>Reference values of all manufacturers, as snapshots that are replaced as a whole when builds or certificates change.</summary>
internal sealed class ReferenceDirectory
{
    private FrozenDictionary<string, ManufacturerReference> _byManufacturer = FrozenDictionary<string, ManufacturerReference>.Empty;

    /// <summary>The builds of a manufacturer; empty for one without any.</summary>
    public ManufacturerReference Of(string manufacturer) =>
        Volatile.Read(ref _byManufacturer).GetValueOrDefault(manufacturer, ManufacturerReference.Empty);

    /// <summary>Puts a manufacturer's new snapshot in place. Called on the writer thread after the commit.</summary>
    public void Replace(string manufacturer, ManufacturerReference reference)
    {
        Dictionary<string, ManufacturerReference> next = new(_byManufacturer, StringComparer.Ordinal) { [manufacturer] = reference };
        Volatile.Write(ref _byManufacturer, next.ToFrozenDictionary(StringComparer.Ordinal));
    }

    /// <summary>Finds a build of any manufacturer.</summary>
    public ReferenceBuild? Find(string buildId) =>
        Volatile.Read(ref _byManufacturer).Values.Select(reference => reference.Find(buildId)).FirstOrDefault(build => build is not null);
}
