using IotAttest.Domain.Devices;

namespace IotAttest.Domain.Tests.Devices;

/// <summary>certification.md section 5.3, the life of a device: every step from every state.</summary>
public sealed class DeviceLifeTests
{
    private static readonly DeviceStep[] Steps = Enum.GetValues<DeviceStep>();

    [Theory]
    [InlineData(DeviceStage.Manufactured, "Enrol>Enrolled")]
    [InlineData(DeviceStage.Enrolled, "Attest>Active Quarantine>Quarantined Repair>InRepair Decommission>Decommissioned")]
    [InlineData(DeviceStage.Active, "Attest>Active Quarantine>Quarantined Repair>InRepair Decommission>Decommissioned")]
    [InlineData(DeviceStage.Quarantined, "Attest>Quarantined Release>Active Repair>Quarantined Decommission>Decommissioned")]
    [InlineData(DeviceStage.InRepair, "Attest>InRepair Quarantine>Quarantined Return>Active Decommission>Decommissioned")]
    [InlineData(DeviceStage.Decommissioned, "")]
    public void Each_stage_has_its_steps_and_no_others(DeviceStage stage, string expected)
    {
        DeviceLife life = LifeOf(stage);

        string[] possible = [.. Steps.Select(step => (step, next: life.After(step))).Where(each => each.next is not null).Select(each => $"{each.step}>{each.next!.Stage}")];

        Assert.Equal(stage, life.Stage);
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), possible);
    }

    [Fact]
    public void A_repair_does_not_end_a_quarantine_and_a_release_no_repair()
    {
        DeviceLife both = LifeOf(DeviceStage.Active).After(DeviceStep.Quarantine)!.After(DeviceStep.Repair)!;

        Assert.Equal(DeviceStage.Quarantined, both.After(DeviceStep.Return)!.Stage);
        Assert.Equal(DeviceStage.InRepair, both.After(DeviceStep.Release)!.Stage);
    }

    [Fact]
    public void A_board_that_never_attested_is_enrolled_again_after_its_quarantine() =>
        Assert.Equal(DeviceStage.Enrolled, LifeOf(DeviceStage.Enrolled).After(DeviceStep.Quarantine)!.After(DeviceStep.Release)!.Stage);

    [Fact]
    public void No_sequence_of_steps_leaves_the_stages_or_comes_back_from_the_end()
    {
        HashSet<DeviceLife> seen = [DeviceLife.New];
        Queue<DeviceLife> open = new(seen);
        while (open.TryDequeue(out DeviceLife? life))
        {
            foreach (DeviceLife next in Steps.Select(life.After).OfType<DeviceLife>())
            {
                Assert.False(life.IsDecommissioned);
                Assert.True(Enum.IsDefined(next.Stage));
                if (seen.Add(next))
                {
                    open.Enqueue(next);
                }
            }
        }

        Assert.Equal(1 + (2 * 4 * 2), seen.Count);
    }

    [Fact]
    public void A_step_that_does_not_exist_is_not_possible() => Assert.Null(LifeOf(DeviceStage.Active).After((DeviceStep)99));

    private static DeviceLife LifeOf(DeviceStage stage) => stage switch
    {
        DeviceStage.Manufactured => DeviceLife.New,
        DeviceStage.Enrolled => new(true, false, DeviceHold.None, false),
        DeviceStage.Active => new(true, true, DeviceHold.None, false),
        DeviceStage.Quarantined => new(true, true, DeviceHold.Quarantined, false),
        DeviceStage.InRepair => new(true, true, DeviceHold.InRepair, false),
        _ => new(true, true, DeviceHold.None, true),
    };
}
