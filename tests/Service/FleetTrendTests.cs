using System.Collections;
using IotAttest.Domain.Appraisal;
using IotAttest.Service.Fleet;

namespace IotAttest.Service.Tests;

/// <summary>The past of a fleet, computed backwards.</summary>
public sealed class FleetTrendTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 30, 0, TimeSpan.Zero);

    [Fact]
    public void Each_point_is_the_next_one_without_what_changed_between()
    {
        FleetChangeList changes = new(100);
        changes.Add([At(-5, 0, Conformity.Unknown), At(-3, Conformity.Unknown, Conformity.Conformant), At(-1, Conformity.Conformant, Conformity.Drifted)]);

        IReadOnlyList<FleetPoint> points = Trend(changes, Conformity.Drifted);

        Assert.Equal(FleetRange.Day.Count + 1, points.Count);
        Assert.Equal((0, 0, 0), Counts(points[^7]));
        Assert.Equal((1, 0, 0), Counts(points[^5]));
        Assert.Equal((0, 1, 0), Counts(points[^3]));
        Assert.Equal((0, 0, 1), Counts(points[^1]));
    }

    [Fact]
    public void Changes_of_boards_that_do_not_count_are_left_out()
    {
        FleetChangeList changes = new(100);
        changes.Add([At(-1, Conformity.Conformant, Conformity.Drifted) with { Device = 2 }, At(-1, Conformity.Conformant, Conformity.Drifted) with { Device = 5_000 }]);

        Assert.All(Trend(changes, Conformity.Conformant), point => Assert.Equal((0, 1, 0), Counts(point)));
    }

    [Fact]
    public void What_was_forgotten_shortens_the_chart()
    {
        FleetChangeList changes = new(4);
        for (int hours = -8; hours < 0; hours++)
        {
            changes.Add([At(hours, Conformity.Conformant, Conformity.Conformant)]);
        }

        IReadOnlyList<FleetPoint> points = Trend(changes, Conformity.Conformant);

        Assert.InRange(points.Count, 2, 7);
        Assert.True(changes.Newest.Count <= 4);
    }

    private static FleetChange At(int hours, Conformity from, Conformity to) => new(Now.AddHours(hours).ToUnixTimeMilliseconds(), 1, (byte)from, (byte)to);

    private static IReadOnlyList<FleetPoint> Trend(FleetChangeList changes, Conformity isNow)
    {
        int[] counts = new int[11];
        counts[(int)isNow] = 1;
        BitArray boards = new(3) { [1] = true };
        return FleetTrend.Of(changes.Newest, boards, counts, FleetRange.Day.PointsAt(Now));
    }

    private static (int Unknown, int Conformant, int Drifted) Counts(FleetPoint point) => (point.Of(Conformity.Unknown), point.Of(Conformity.Conformant), point.Of(Conformity.Drifted));
}
