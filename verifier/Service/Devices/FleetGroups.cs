namespace IotAttest.Service.Devices;

/// <summary>All groups of boards with the verdict each has now: whether a change concerns any board is answered without a look at the boards.</summary>
/// <remarks>A group whose last board left it stays until the next look at all boards. One thread at a time.</remarks>
internal sealed class FleetGroups(VerdictSource verdicts)
{
    private readonly Dictionary<string, Dictionary<FleetGroup, Sample>> _byManufacturer = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Manufacturers => _byManufacturer.Keys;

    /// <summary>Groups of all manufacturers.</summary>
    public int Count => _byManufacturer.Values.Sum(groups => groups.Count);

    /// <summary>Forgets the groups of a manufacturer, or all.</summary>
    public void Clear(string? manufacturer)
    {
        if (manufacturer is null)
        {
            _byManufacturer.Clear();
        }
        else
        {
            _byManufacturer.Remove(manufacturer);
        }
    }

    /// <summary>The verdict of the board's group; the group is remembered from now on.</summary>
    public GroupVerdict Of(GroupAppraiser appraiser, DeviceEntry device, DeviceState state)
    {
        if (!_byManufacturer.TryGetValue(device.Identity.Manufacturer, out Dictionary<FleetGroup, Sample>? groups))
        {
            _byManufacturer[device.Identity.Manufacturer] = groups = [];
        }

        FleetGroup group = FleetGroup.Of(device.Identity, state.Facts);
        if (!groups.TryGetValue(group, out Sample? sample))
        {
            groups[group] = sample = new Sample(device, state, appraiser.Of(group, device, state));
        }

        return sample.Verdict;
    }

    /// <summary>Appraises the groups of a manufacturer again and remembers what they show now.</summary>
    /// <param name="manufacturer">Whose boards.</param>
    /// <param name="now">The verifier's time.</param>
    /// <returns>Whether any board may show something else now, and whether evidence holds for another time than before.</returns>
    public (bool Changed, bool HoldsOtherwise) Refresh(string manufacturer, DateTimeOffset now)
    {
        (bool changed, bool holdsOtherwise) = (false, false);
        if (_byManufacturer.TryGetValue(manufacturer, out Dictionary<FleetGroup, Sample>? groups))
        {
            GroupAppraiser appraiser = new(verdicts, now);
            foreach ((FleetGroup group, Sample sample) in groups)
            {
                GroupVerdict next = appraiser.Of(group, sample.Device, sample.State);
                changed |= !next.ShowsSameAs(sample.Verdict);
                holdsOtherwise |= next.MaximumAge != sample.Verdict.MaximumAge;
                sample.Verdict = next;
            }
        }

        return (changed, holdsOtherwise);
    }

    /// <summary>A group: any of its boards stands for it.</summary>
    private sealed class Sample(DeviceEntry device, DeviceState state, GroupVerdict verdict)
    {
        public DeviceEntry Device => device;

        public DeviceState State => state;

        public GroupVerdict Verdict { get; set; } = verdict;
    }
}
