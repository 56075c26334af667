using IotAttest.Domain.Advisories;

namespace IotAttest.Domain.Tests.Advisories;

public sealed class AdoptionCurveTests
{
    private static readonly DateTimeOffset Day = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Each_day_shows_what_boards_ran_at_its_end_and_the_last_point_is_now()
    {
        AdoptionChange[] changes =
        [
            new(1, Day.AddDays(-3), AdoptionGroup.Affected),
            new(2, Day.AddDays(-3), AdoptionGroup.Other),
            new(1, Day.AddDays(1).AddTicks(-1), AdoptionGroup.Fixed),
            new(2, Day.AddDays(1), AdoptionGroup.Affected),
            new(3, Day.AddDays(2).AddHours(1), AdoptionGroup.Fixed),
            new(2, Day.AddDays(2).AddHours(2), null),
        ];

        IReadOnlyList<AdoptionPoint> points = AdoptionCurve.Of(changes, Day.AddHours(12), Day.AddDays(2).AddHours(2));

        Assert.Equal(
            [new AdoptionPoint(Day, 1, 0, 1), new AdoptionPoint(Day.AddDays(1), 1, 1, 0), new AdoptionPoint(Day.AddDays(2).AddHours(2), 2, 0, 0)],
            points);
    }

    [Fact]
    public void A_long_time_gives_its_last_points()
    {
        IReadOnlyList<AdoptionPoint> points = AdoptionCurve.Of([new AdoptionChange(1, Day.AddYears(-3), AdoptionGroup.Other)], Day.AddYears(-2), Day.AddHours(1));

        Assert.Equal(AdoptionCurve.MaxPoints, points.Count);
        Assert.All(points, point => Assert.Equal(1, point.Other));
    }

    [Fact]
    public void Something_published_in_the_future_has_one_point() => Assert.Single(AdoptionCurve.Of([], Day.AddDays(3), Day));

    [Theory]
    [InlineData(10, 10, 0, true)]
    [InlineData(10, 9, 0, false)]
    [InlineData(0, 0, 0, true)]
    [InlineData(1, 100, 100, false)]
    public void Everybody_sees_a_day_only_when_each_figure_stands_for_ten_boards_or_none(int isFixed, int affected, int other, bool isShown) =>
        Assert.Equal(isShown, AdoptionCurve.ForEverybody(new AdoptionPoint(Day, isFixed, affected, other)) is not null);
}
