using IotAttest.Domain.Appraisal;

namespace IotAttest.Service.Devices;

/// <summary>Appraises each group of boards once, as of the moment it was made. One thread at a time, and not for long: reference values may change behind it.</summary>
internal sealed class GroupAppraiser(VerdictSource verdicts, DateTimeOffset now)
{
    private readonly Dictionary<FleetGroup, GroupVerdict> _known = [];

    /// <summary>The verdict of a group, computed from any board of it.</summary>
    public GroupVerdict Of(FleetGroup group, DeviceEntry device, DeviceState state)
    {
        if (!_known.TryGetValue(group, out GroupVerdict? verdict))
        {
            _known[group] = verdict = Appraise(device, state);
        }

        return verdict;
    }

    /// <summary>The state after this appraisal: the very same object when nothing about the board changed, or it was never heard.</summary>
    public DeviceState Next(DeviceEntry device, DeviceState state) =>
        state.Facts.AsOf is { } asOf ? Of(FleetGroup.Of(device.Identity, state.Facts), device, state).Apply(state, asOf, now) : state;

    private GroupVerdict Appraise(DeviceEntry device, DeviceState state)
    {
        DeviceFacts facts = StickyCauses.Update(state.Facts with { AsOf = now }, device.Identity.ClassId, verdicts.ReferenceOf(device), state.Facts.Measured);
        Verdict fresh = verdicts.Of(device, state with { Facts = facts }, now);
        TimeSpan maximumAge = fresh.ExpiresAt!.Value - now;
        DeviceFacts old = facts with { AsOf = now - maximumAge - TimeSpan.FromTicks(1) };
        return new GroupVerdict(facts.UnknownSets, HistoryMark.Of(fresh), HistoryMark.Of(verdicts.Of(device, state with { Facts = old }, now)), maximumAge);
    }
}
