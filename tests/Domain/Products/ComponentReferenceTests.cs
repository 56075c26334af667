using IotAttest.Domain.Products;

namespace IotAttest.Domain.Tests.Products;

public sealed class ComponentReferenceTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly ComponentReference Chip = new("Chip", "psa", "0716053550167-10010", "2", null, ComponentStatus.InForce, new DateOnly(2027, 1, 1));

    [Fact]
    public void What_the_manufacturer_saw_counts_until_somebody_decides()
    {
        Assert.Equal(ComponentStatus.InForce, Chip.At(null, Now));
        Assert.Equal(ComponentStatus.Suspended, Chip.At(Decided(ComponentStatus.Suspended), Now));
        Assert.Equal(ComponentStatus.InForce, (Chip with { Claimed = ComponentStatus.Withdrawn }).At(Decided(ComponentStatus.InForce), Now));
    }

    [Fact]
    public void The_clock_ends_what_is_in_force_and_nothing_else()
    {
        DateTimeOffset after = new(2027, 1, 2, 0, 0, 0, TimeSpan.Zero);

        Assert.Equal(ComponentStatus.InForce, Chip.At(null, after.AddMilliseconds(-1)));
        Assert.Equal(ComponentStatus.Expired, Chip.At(null, after));
        Assert.Equal(ComponentStatus.Withdrawn, Chip.At(Decided(ComponentStatus.Withdrawn), after));
        Assert.Equal(ComponentStatus.InForce, Chip.At(Decided(ComponentStatus.InForce, new DateOnly(2028, 1, 1)), after));
        Assert.Equal(ComponentStatus.Unknown, (Chip with { Claimed = ComponentStatus.Unknown }).At(null, after));
    }

    [Fact]
    public void The_last_moment_in_force_agrees_with_the_status_at_every_moment()
    {
        DateOnly[] days = [new(2026, 11, 21), new(2026, 11, 22), new(2027, 1, 1)];
        DateOnly?[] ends = [null, .. days];
        DateTimeOffset[] moments = [.. days.SelectMany(day => new[] { -1, 0, 1 }.Select(ms => new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero).AddMilliseconds(ms)))];
        ComponentStatus[] words = Enum.GetValues<ComponentStatus>();
        foreach (ComponentReference component in words.SelectMany(word => ends.Select(end => Chip with { Claimed = word, Until = end })))
        {
            foreach (ComponentDecision? decided in words.SelectMany(word => ends.Select(end => Decided(word, end))).Append(null))
            {
                Assert.All(moments, now => Assert.Equal(
                    component.At(decided, now) is not (ComponentStatus.InForce or ComponentStatus.Unknown),
                    now > component.InForceUntil(decided)));
            }
        }
    }

    private static ComponentDecision Decided(ComponentStatus status, DateOnly? until = null) => new(status, until, Now, "lab", "x");
}
