using IotAttest.Domain.Appraisal;
using IotAttest.Service.Devices;

namespace IotAttest.Service.Fleet;

/// <summary>A fleet at a look.</summary>
/// <param name="AsOf">The moment it holds for.</param>
/// <param name="Total">Boards that the caller may see.</param>
/// <param name="Found">Boards that the filters leave.</param>
/// <param name="Counts">How many are how, whatever conformity is chosen.</param>
/// <param name="Facets">Every other filter with its values.</param>
/// <param name="Rows">A page of them, what needs somebody first.</param>
/// <param name="Trend">How many were how.</param>
internal sealed record FleetView(
    DateTimeOffset AsOf, int Total, int Found, IReadOnlyList<FleetCount> Counts, IReadOnlyDictionary<string, IReadOnlyList<FleetCount>> Facets, IReadOnlyList<FleetRow> Rows, IReadOnlyList<FleetPoint> Trend);

/// <summary>A value of a facet and the boards that have it.</summary>
internal sealed record FleetCount(string Value, int Boards);

/// <summary>A board in a list, as its history shows it.</summary>
internal sealed record FleetRow(DeviceEntry Device, DeviceState State)
{
    public Conformity Conformity => State.Shown.Conformity;
}
