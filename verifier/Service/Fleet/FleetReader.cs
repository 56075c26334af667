using System.Collections;
using IotAttest.Domain.Appraisal;
using IotAttest.Service.Access;
using IotAttest.Service.Devices;

namespace IotAttest.Service.Fleet;

/// <summary>Reads a fleet in one pass over memory. It shows what history shows: verdicts that the clock changes are there within seconds, and counts,
/// rows and chart agree with each other.</summary>
internal sealed class FleetReader(DeviceDirectory directory, FleetHistory history, TimeProvider clock)
{
    /// <summary>What needs somebody first; within each, in the order of enrolment.</summary>
    public static IReadOnlyList<Conformity> Order { get; } =
    [
        Conformity.Compromised, Conformity.Drifted, Conformity.CertificateNotInForce, Conformity.Vulnerable, Conformity.Stale,
        Conformity.PendingCoverage, Conformity.SupportEnded, Conformity.Unknown, Conformity.Conformant, Conformity.Decommissioned,
    ];

    private static readonly long[] Rank = RankOf();

    public FleetView Read(Caller caller, FleetQuery query)
    {
        DateTimeOffset now = clock.GetUtcNow();
        FleetTally tally = new(query);
        List<long> keys = [];
        List<FleetRow> rows = [];
        BitArray boards = new(1024);
        int total = 0;
        foreach (DeviceEntry device in directory.All.Where(device => DeviceSight.CanSee(caller, device)))
        {
            DeviceState state = device.State;
            total++;
            (bool fits, bool isOfTrend) = tally.Add(device, state.Shown);
            Mark(boards, device.RowId, isOfTrend);
            if (fits)
            {
                keys.Add((Rank[(int)state.Shown.Conformity] << 48) | device.RowId);
                rows.Add(new FleetRow(device, state));
            }
        }

        return new FleetView(now, total, rows.Count, CountsOf(tally), FacetsOf(tally), PageOf(keys, rows, query), FleetTrend.Of(history.Newest, boards, tally.Trend, query.Range.PointsAt(now)));
    }

    private static void Mark(BitArray boards, long row, bool isOfTrend)
    {
        if (row >= boards.Length)
        {
            boards.Length = (int)Math.Max(row + 1, 2L * boards.Length);
        }

        boards[(int)row] = isOfTrend;
    }

    private static FleetCount[] CountsOf(FleetTally tally) => [.. Order.Select(word => new FleetCount(word.ToString(), tally.Conformities[(int)word]))];

    private static Dictionary<string, IReadOnlyList<FleetCount>> FacetsOf(FleetTally tally) => new()
    {
        ["drift"] = tally.DriftCounts,
        ["group"] = tally.Groups,
        ["class"] = tally.Classes,
        ["build"] = tally.Builds,
        ["strength"] = tally.Strengths,
    };

    private static FleetRow[] PageOf(List<long> keys, List<FleetRow> rows, FleetQuery query)
    {
        long[] order = [.. keys];
        FleetRow[] sorted = [.. rows];
        Array.Sort(order, sorted);
        return [.. sorted.Skip(query.Offset).Take(query.Limit)];
    }

    private static long[] RankOf()
    {
        long[] ranks = new long[Order.Max(word => (int)word) + 1];
        for (int at = 0; at < Order.Count; at++)
        {
            ranks[(int)Order[at]] = at;
        }

        return ranks;
    }
}
