using IotAttest.Domain.Identity;

namespace IotAttest.Domain.Tests.Identity;

public sealed class IdentityCheckTests
{
    private static readonly BootCounters Last = new(10, 111, 500);

    [Fact]
    public void The_first_evidence_is_the_baseline()
    {
        Assert.True(IdentityCheck.IsOneBoard(null, Last));
    }

    [Theory]
    [InlineData(10, 111, 500, true)] // same count, same seed, uptime stands
    [InlineData(10, 111, 501, true)]
    [InlineData(10, 111, 499, false)] // lower uptime
    [InlineData(11, 222, 0, true)] // a new start
    [InlineData(99, 222, 0, true)] // gaps are fine
    [InlineData(10, 222, 600, false)] // same count, new seed
    [InlineData(9, 222, 600, false)] // lower count
    [InlineData(9, 111, 600, false)] // lower count, old seed
    [InlineData(11, 111, 600, false)] // higher count, old seed
    public void Design_4_identity_table(ulong count, int seed, ulong uptime, bool isOneBoard)
    {
        Assert.Equal(isOneBoard, IdentityCheck.IsOneBoard(Last, new BootCounters(count, (UInt128)seed, uptime)));
    }

    [Theory]
    [InlineData(10, 500, false)]
    [InlineData(10, 501, true)]
    [InlineData(11, 0, true)]
    [InlineData(9, 900, false)]
    public void In_epoch_mode_bootcount_and_uptime_grow_lexicographically(ulong count, ulong uptime, bool hasGrown)
    {
        Assert.Equal(hasGrown, IdentityCheck.HasGrown(Last, new BootCounters(count, 111, uptime)));
    }
}
