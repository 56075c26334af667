using IotAttest.Domain.Products;

namespace IotAttest.Domain.Tests.Products;

public sealed class SupportPeriodTests
{
    private static readonly SupportPeriod Period = new(new DateOnly(2030, 6, 30));
    private static readonly DateTimeOffset FirstMomentAfter = new(2030, 7, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_last_day_counts_to_its_last_moment_in_utc()
    {
        Assert.Equal(SupportState.Ending, Period.At(FirstMomentAfter.AddMilliseconds(-1)));
        Assert.Equal(SupportState.Ended, Period.At(FirstMomentAfter));
        Assert.Equal(SupportState.Ended, Period.At(new DateTimeOffset(2030, 6, 30, 23, 0, 0, TimeSpan.FromHours(-5))));
    }

    [Fact]
    public void The_warning_begins_90_days_before()
    {
        DateTimeOffset warning = FirstMomentAfter.AddMilliseconds(-1) - TimeSpan.FromDays(90);

        Assert.Equal(SupportState.Supported, Period.At(warning));
        Assert.Equal(SupportState.Ending, Period.At(warning.AddMilliseconds(1)));
    }

    [Fact]
    public void Without_a_promise_nothing_begins_and_nothing_ends()
    {
        SupportPeriod none = new(null);

        Assert.Equal((SupportState.NotStated, null), (none.At(DateTimeOffset.MaxValue), none.End));
    }

    [Fact]
    public void The_last_day_there_is_does_not_overflow() => Assert.Equal(SupportState.Ending, new SupportPeriod(DateOnly.MaxValue.AddDays(-1)).At(DateTimeOffset.MaxValue.AddDays(-2)));

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(null, "2030-06-30", true)]
    [InlineData("2030-06-30", "2030-06-30", true)]
    [InlineData("2030-06-30", "2030-07-01", true)]
    [InlineData("2030-06-30", "2030-06-29", false)]
    [InlineData("2030-06-30", null, false)]
    public void A_promise_is_kept_by_the_same_day_or_a_later_one(string? before, string? after, bool expected) => Assert.Equal(expected, Of(before).IsKeptBy(Of(after)));

    private static SupportPeriod Of(string? day) => new(day is null ? null : DateOnly.ParseExact(day, "O", null));
}
