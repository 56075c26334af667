using IotAttest.Service.Registry;

namespace IotAttest.Service.Tests.PublicRegistry;

public sealed class LiveTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, true)]
    [InlineData(9, true)]
    [InlineData(10, false)]
    public void Fewer_than_ten_boards_are_too_few_to_show(int boards, bool expected)
    {
        LiveView view = LiveView.Of("b", new BoardTally { Conformant = boards }, Now);

        Assert.Equal(expected, view.TooFew);
        Assert.Equal(expected ? null : boards, view.Total);
        Assert.Equal(expected, view.Counts.Count == 0);
    }

    [Theory]
    [InlineData(0, 0L, 30L)]
    [InlineData(1, null, 30L)]
    [InlineData(9, null, 30L)]
    [InlineData(10, 10L, 40L)]
    public void A_small_count_is_neither_told_nor_to_be_computed(int drifted, long? told, long total)
    {
        LiveView view = LiveView.Of("b", new BoardTally { Conformant = 30, Drifted = drifted }, Now);

        Assert.Equal(told, view.Counts["drifted"]);
        Assert.Equal(total, view.Total);
    }

    [Fact]
    public void No_boards_at_all_look_like_a_few() =>
        Assert.Equivalent(LiveView.Of("b", new BoardTally { Silent = 3 }, Now), LiveView.Of("b", null, Now));
}
