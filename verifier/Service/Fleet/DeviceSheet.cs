using IotAttest.Service.Devices;

namespace IotAttest.Service.Fleet;

/// <summary>Everything about one board on one page.</summary>
/// <param name="Device">The board.</param>
/// <param name="View">What every answer about it holds.</param>
/// <param name="Claims">Claim by claim.</param>
/// <param name="Regions">Measured region by region.</param>
/// <param name="Assemblies">Assembly by assembly, as the manifests know them; empty when no manifest lists any.</param>
/// <param name="ExpectedBuild">What it should run: id, or null when nothing is known of its product.</param>
/// <param name="ReportedBuild">What it runs, as far as a manifest knows it.</param>
internal sealed record DeviceSheet(
    DeviceEntry Device, DeviceView View, IReadOnlyList<SheetLine> Claims, IReadOnlyList<SheetLine> Regions, IReadOnlyList<SheetLine> Assemblies, string? ExpectedBuild, string? ReportedBuild)
{
    public bool HasReported => View.AsOf is not null;

    /// <summary>Claims, regions and assemblies that fail.</summary>
    public IEnumerable<SheetLine> Failing => Claims.Concat(Regions).Where(line => line.IsBad);
}
