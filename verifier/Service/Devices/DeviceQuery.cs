using IotAttest.Domain.Appraisal;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;
using Microsoft.AspNetCore.Mvc;

namespace IotAttest.Service.Devices;

/// <summary>The filters of the device list as they stand in the query.</summary>
internal sealed record DeviceQuery(
    [FromQuery] string? Conformity, [FromQuery] string? Class, [FromQuery] string? Build, [FromQuery] string? Organisation, [FromQuery] string? Group, [FromQuery] string? Limit, [FromQuery] string? Cursor)
{
    /// <exception cref="ProblemException">A filter that cannot match anything, by name.</exception>
    public DeviceFilter Parse() => new(ParseConformity(), ParseClass(), Build, Organisation, Group, Paging.Parse(Limit, Cursor));

    private Conformity? ParseConformity()
    {
        if (Conformity is null)
        {
            return null;
        }

        // By name only: Enum.TryParse would take numbers and lists too.
        return Enum.GetValues<Conformity>().Where(value => value.ToString() == Conformity).Select(value => (Conformity?)value).FirstOrDefault()
            ?? throw Refuse.Malformed("another conformity", $"one of {string.Join(", ", Enum.GetNames<Conformity>())}", "Correct the filter.");
    }

    private Guid? ParseClass()
    {
        if (Class is null)
        {
            return null;
        }

        return Guid.TryParseExact(Class, "D", out Guid id) ? id : throw Refuse.Malformed("a class that is no UUID", "class=<UUID>", "Correct the filter.");
    }
}
