using IotAttest.Service.Appraisals;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Devices;

/// <summary>Finds the boards whose verdict changed and has them written. One call at a time.</summary>
internal sealed class FleetSweep(DeviceDirectory devices, VerdictSource verdicts, DeviceStateTable states, StoreWriter store, TimeProvider clock)
{
    private readonly FleetGroups _groups = new(verdicts);
    private readonly SilenceQueue _silence = new();
    private int _groupsAfterSweep;

    private DateTimeOffset Now => KeptTime.Cut(clock.GetUtcNow());

    /// <summary>Takes note of a board that changed its group or was silent before.</summary>
    /// <returns>False when what the board shows is out of date already: reference values changed while it was written.</returns>
    public bool Note(DeviceEntry device, DeviceState state)
    {
        if (state.Facts.AsOf is not { } asOf)
        {
            return true;
        }

        DateTimeOffset now = Now;
        GroupVerdict verdict = _groups.Of(new GroupAppraiser(verdicts, now), device, state);
        Watch(device, asOf, verdict, now);
        return ReferenceEquals(verdict.Apply(state, asOf, now), state);
    }

    /// <summary>Looks at some boards.</summary>
    public async Task OfBoardsAsync(IReadOnlyCollection<DeviceEntry> boards, CancellationToken cancellation)
    {
        await SettleAsync(cancellation);
        await LookAsync(boards, Cause.Reference, cancellation);
    }

    /// <summary>Looks at every board.</summary>
    public async Task AllAsync(string cause, CancellationToken cancellation)
    {
        _silence.Clear();
        await SweepAsync(null, cause, cancellation);
    }

    /// <summary>Looks at the groups of a manufacturer, and at its boards when a group shows something else now.</summary>
    public async Task OfManufacturerAsync(string manufacturer, string cause, CancellationToken cancellation)
    {
        (bool changed, bool holdsOtherwise) = _groups.Refresh(manufacturer, Now);
        if (holdsOtherwise)
        {
            // Evidence may expire earlier than it did when boards were put in order.
            await AllAsync(cause, cancellation);
        }
        else if (changed)
        {
            await SweepAsync(manufacturer, cause, cancellation);
        }
    }

    /// <summary>Looks at all groups because time passed: certificates end, windows close.</summary>
    public async Task ByClockAsync(CancellationToken cancellation)
    {
        foreach (string manufacturer in _groups.Manufacturers.ToList())
        {
            await OfManufacturerAsync(manufacturer, Cause.Clock, cancellation);
        }

        if (_groups.Count > (2 * _groupsAfterSweep) + 1024)
        {
            await AllAsync(Cause.Clock, cancellation);
        }
    }

    /// <summary>Looks at the boards whose evidence may have expired.</summary>
    public async Task SilentAsync(CancellationToken cancellation)
    {
        List<DeviceEntry> expired = [.. _silence.TakeExpired(Now)];
        if (expired.Count > 0)
        {
            // A rekey puts another entry in the place of a board's entry, and is noted itself.
            await LookAsync(expired.Where(entry => entry.Replacement is null), Cause.Clock, cancellation);
        }
    }

    private async Task SweepAsync(string? manufacturer, string cause, CancellationToken cancellation)
    {
        await SettleAsync(cancellation);
        _groups.Clear(manufacturer);
        await LookAsync(devices.All.Where(device => manufacturer is null || device.Identity.Manufacturer == manufacturer), cause, cancellation);
        _groupsAfterSweep = _groups.Count;
    }

    // What the writer commits at this moment becomes visible before this returns: no board is looked at too early.
    private Task SettleAsync(CancellationToken cancellation) => store.ExecuteAsync((_, _) => { }, cancellation);

    private async Task LookAsync(IEnumerable<DeviceEntry> boards, string cause, CancellationToken cancellation)
    {
        DateTimeOffset now = Now;
        GroupAppraiser appraiser = new(verdicts, now);
        List<DeviceEntry> changed = [.. boards.Where(device => HasChanged(device, appraiser, now))];

        // In the order of their rows: neighbours lie on one page of the database, which is then written once and not once for each of them.
        changed.Sort((one, other) => one.RowId.CompareTo(other.RowId));
        ReappraisalWriter writer = new(store, some => new ReappraisalJob(some, verdicts, states, cause, clock), cancellation);
        foreach (DeviceEntry device in changed)
        {
            await writer.AddAsync(device);
        }

        await writer.FinishAsync();
    }

    private bool HasChanged(DeviceEntry device, GroupAppraiser appraiser, DateTimeOffset now)
    {
        DeviceState state = device.State;
        if (state.Facts.AsOf is not { } asOf)
        {
            return false;
        }

        GroupVerdict verdict = _groups.Of(appraiser, device, state);
        Watch(device, asOf, verdict, now);
        return !ReferenceEquals(verdict.Apply(state, asOf, now), state);
    }

    private void Watch(DeviceEntry device, DateTimeOffset asOf, GroupVerdict verdict, DateTimeOffset now)
    {
        DateTimeOffset expiry = verdict.ExpiryOf(asOf);
        if (expiry >= now)
        {
            _silence.Add(device, expiry);
        }
    }
}
