using IotAttest.Domain.Appraisal;
using IotAttest.Service.Devices;

namespace IotAttest.Service.Fleet;

/// <summary>Counts boards by each facet. A board that only one filter leaves out is counted in that filter's facet: it shows what another choice would bring.</summary>
internal sealed class FleetTally(FleetQuery query)
{
    private const int All = 0;
    private static readonly Drift[] Drifts = [.. Enum.GetValues<Drift>().Where(drift => drift != Drift.None)];

    private readonly Dictionary<Guid, int> _classes = [];
    private readonly Dictionary<string, int> _groups = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _builds = new(StringComparer.Ordinal);
    private readonly int[] _strengths = new int[4];
    private readonly int[] _drifts = new int[Drifts.Length];

    /// <summary>A filter of the query.</summary>
    [Flags]
    private enum Filter
    {
        Ueid = 1, Conformity = 2, Drift = 4, Class = 8, Group = 16, Build = 32, Strength = 64,
    }

    /// <summary>By the number of the conformity, of the boards that all other filters leave.</summary>
    public int[] Conformities { get; } = new int[Enum.GetValues<Conformity>().Max(value => (int)value) + 1];

    /// <summary>The same of the boards that count for the chart: filters on what changes with time do not hold for the past.</summary>
    public int[] Trend { get; } = new int[Enum.GetValues<Conformity>().Max(value => (int)value) + 1];

    public IReadOnlyList<FleetCount> Classes => [.. _classes.OrderByDescending(pair => pair.Value).Select(pair => new FleetCount(pair.Key.ToString(), pair.Value))];

    public IReadOnlyList<FleetCount> Groups => Sorted(_groups);

    public IReadOnlyList<FleetCount> Builds => Sorted(_builds);

    public IReadOnlyList<FleetCount> DriftCounts => [.. Drifts.Select((drift, at) => new FleetCount(drift.ToString(), _drifts[at])).Where(count => count.Boards > 0)];

    public IReadOnlyList<FleetCount> Strengths => [.. Enum.GetValues<Domain.Devices.EvidenceStrength>().Select(strength => new FleetCount(Domain.Devices.EnrolmentWords.Word(strength), _strengths[(int)strength])).Where(count => count.Boards > 0)];

    /// <summary>Counts a board.</summary>
    /// <returns>Whether all filters leave it, and whether it counts for the chart.</returns>
    public (bool Fits, bool IsOfTrend) Add(DeviceEntry device, HistoryMark shown)
    {
        Filter missed = Missed(device, shown);
        bool isOfTrend = (missed & (Filter.Ueid | Filter.Class | Filter.Group | Filter.Strength)) == All;
        Trend[(int)shown.Conformity] += isOfTrend ? 1 : 0;
        Conformities[(int)shown.Conformity] += Leaves(missed, Filter.Conformity);
        Count(_classes, device.Identity.ClassId, Leaves(missed, Filter.Class));
        Count(_groups, device.Group, Leaves(missed, Filter.Group));
        Count(_builds, shown.Build, Leaves(missed, Filter.Build));
        _strengths[(int)device.Identity.Strength] += Leaves(missed, Filter.Strength);
        if (shown.Drift != Drift.None)
        {
            CountDrifts(shown.Drift, Leaves(missed, Filter.Drift));
        }

        return (missed == All, isOfTrend);
    }

    private static int Leaves(Filter missed, Filter own) => (missed & ~own) == All ? 1 : 0;

    private static void Count<T>(Dictionary<T, int> counts, T? value, int boards)
        where T : notnull
    {
        if (value is not null && boards > 0)
        {
            counts[value] = counts.GetValueOrDefault(value) + boards;
        }
    }

    private static FleetCount[] Sorted(Dictionary<string, int> counts) => [.. counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new FleetCount(pair.Key, pair.Value))];

    private void CountDrifts(Drift drift, int boards)
    {
        for (int at = 0; at < Drifts.Length; at++)
        {
            _drifts[at] += drift.HasFlag(Drifts[at]) ? boards : 0;
        }
    }

    private Filter Missed(DeviceEntry device, HistoryMark shown)
    {
        Filter missed = All;
        missed |= query.Ueid.Length == 0 || device.Identity.Ueid.Contains(query.Ueid, StringComparison.Ordinal) ? All : Filter.Ueid;
        missed |= query.Conformity is null || shown.Conformity == query.Conformity ? All : Filter.Conformity;
        missed |= query.Drift is not { } drift || shown.Drift.HasFlag(drift) ? All : Filter.Drift;
        missed |= query.Class is not { } classId || device.Identity.ClassId == classId ? All : Filter.Class;
        missed |= query.Group is null || device.Group == query.Group ? All : Filter.Group;
        missed |= query.Build is null || shown.Build == query.Build ? All : Filter.Build;
        missed |= query.Strength is not { } strength || device.Identity.Strength == strength ? All : Filter.Strength;
        return missed;
    }
}
