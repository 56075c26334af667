using IotAttest.Service.Hosting;

namespace IotAttest.Service.Builds;

/// <summary>The minimum security version of a class, and how it came to be.</summary>
/// <remarks>A class is one product model of one maker; should two use one UUID, each minimum holds for the maker's own builds alone.</remarks>
internal sealed record MinimumView(Guid Class, IReadOnlyList<MinimumEntry> Minimums, IReadOnlyList<MinimumEntry> History)
{
    /// <param name="classId">The class.</param>
    /// <param name="rows">All decisions, the newest first.</param>
    public static MinimumView Of(Guid classId, IReadOnlyList<MinimumRow> rows)
    {
        MinimumEntry[] history = [.. rows.Select(row => new MinimumEntry(row.Manufacturer, row.Version, UtcText.OfMs(row.At), row.DecidedBy, row.Reason))];
        return new MinimumView(classId, [.. history.DistinctBy(entry => entry.Manufacturer)], history);
    }
}

/// <summary>One decision; it only ever raises the minimum.</summary>
internal sealed record MinimumEntry(string Manufacturer, long MinimumSecurityVersion, string At, string DecidedBy, string Reason);
