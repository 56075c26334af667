namespace IotAttest.Domain.Devices;

/// <summary>The life of one board as a state machine: no clock, no I/O (certification.md section 5.3).</summary>
/// <param name="IsEnrolled">It is in the register.</param>
/// <param name="HasAttested">Evidence of it was accepted once.</param>
/// <param name="Hold">What holds it back. A repair does not end a quarantine: each ends by its own step.</param>
/// <param name="IsDecommissioned">Out of service for ever.</param>
public sealed record DeviceLife(bool IsEnrolled, bool HasAttested, DeviceHold Hold, bool IsDecommissioned)
{
    /// <summary>A board that left the factory line.</summary>
    public static DeviceLife New { get; } = new(false, false, DeviceHold.None, false);

    /// <summary>The one word for it; the strictest that applies.</summary>
    public DeviceStage Stage => this switch
    {
        { IsDecommissioned: true } => DeviceStage.Decommissioned,
        { IsEnrolled: false } => DeviceStage.Manufactured,
        _ when Hold.HasFlag(DeviceHold.Quarantined) => DeviceStage.Quarantined,
        _ when Hold.HasFlag(DeviceHold.InRepair) => DeviceStage.InRepair,
        { HasAttested: true } => DeviceStage.Active,
        _ => DeviceStage.Enrolled,
    };

    /// <summary>The life after a step; null when the step is not possible now.</summary>
    public DeviceLife? After(DeviceStep step)
    {
        if (step == DeviceStep.Enrol)
        {
            return IsEnrolled || IsDecommissioned ? null : this with { IsEnrolled = true };
        }

        if (!IsEnrolled || IsDecommissioned)
        {
            return null;
        }

        return step switch
        {
            DeviceStep.Attest => this with { HasAttested = true },
            DeviceStep.Quarantine => Held(DeviceHold.Quarantined),
            DeviceStep.Release => Freed(DeviceHold.Quarantined),
            DeviceStep.Repair => Held(DeviceHold.InRepair),
            DeviceStep.Return => Freed(DeviceHold.InRepair),
            DeviceStep.Decommission => this with { IsDecommissioned = true },
            _ => null,
        };
    }

    private DeviceLife? Held(DeviceHold hold) => Hold.HasFlag(hold) ? null : this with { Hold = Hold | hold };

    private DeviceLife? Freed(DeviceHold hold) => Hold.HasFlag(hold) ? this with { Hold = Hold & ~hold } : null;
}
