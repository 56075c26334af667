using System.Collections;
using IotAttest.Domain.Appraisal;

namespace IotAttest.Service.Fleet;

/// <summary>How many boards were how, at moments up to now: computed backwards from how they are, by what changed since.</summary>
internal static class FleetTrend
{
    private static readonly int Words = Enum.GetValues<Conformity>().Max(value => (int)value) + 1;

    /// <param name="changes">What is known to have changed.</param>
    /// <param name="boards">By row: the boards that count.</param>
    /// <param name="now">How many of them are how, by the number of the conformity.</param>
    /// <param name="moments">The points, oldest first; the last one is now.</param>
    public static IReadOnlyList<FleetPoint> Of(FleetChangeList.Snapshot changes, BitArray boards, int[] now, DateTimeOffset[] moments)
    {
        long[] edges = [.. moments.Select(moment => moment.ToUnixTimeMilliseconds())];
        int[,] steps = StepsOf(changes, boards, edges);
        int[] counts = [.. now];
        List<FleetPoint> points = [new FleetPoint(moments[^1], [.. counts])];
        for (int at = edges.Length - 2; at >= 0 && edges[at] >= changes.SinceMs; at--)
        {
            for (int word = 0; word < Words; word++)
            {
                counts[word] -= steps[at + 1, word];
            }

            points.Add(new FleetPoint(moments[at], [.. counts.Select(count => Math.Max(0, count))]));
        }

        points.Reverse();
        return points;
    }

    /// <summary>By point, what changed between the one before and it.</summary>
    private static int[,] StepsOf(FleetChangeList.Snapshot changes, BitArray boards, long[] edges)
    {
        int[,] steps = new int[edges.Length, Words];
        foreach (ref readonly FleetChange change in changes.Items.AsSpan(0, changes.Count))
        {
            if (change.AtMs <= edges[0] || change.Device >= boards.Length || !boards[change.Device])
            {
                continue;
            }

            // What is newer than now, by a clock that was set back, counts as now.
            int at = Array.BinarySearch(edges, change.AtMs);
            at = Math.Min(at < 0 ? ~at : at, edges.Length - 1);
            steps[at, change.To]++;
            steps[at, change.From] -= change.From == 0 ? 0 : 1;
        }

        return steps;
    }
}
