namespace IotAttest.Service.Fleet;

/// <summary>The newest changes of all boards in memory. One thread adds, any number reads what was there when they began.</summary>
internal sealed class FleetChangeList(int capacity)
{
    private volatile Snapshot _newest = new(new FleetChange[1024], 0, 0);

    public Snapshot Newest => _newest;

    /// <summary>Adds changes, and forgets the older half when there are too many.</summary>
    public void Add(IReadOnlyCollection<FleetChange> changes)
    {
        Snapshot last = _newest;
        (FleetChange[] items, int count, long since) = (last.Items, last.Count, last.SinceMs);
        if (count + changes.Count > capacity && count > 0)
        {
            int keep = count / 2;
            since = items[count - keep - 1].AtMs;
            items = items[(count - keep)..count];
            count = keep;
        }

        if (count + changes.Count > items.Length)
        {
            Array.Resize(ref items, Math.Max(2 * items.Length, count + changes.Count));
        }

        foreach (FleetChange change in changes)
        {
            items[count++] = change;
        }

        _newest = new Snapshot(items, count, since);
    }

    /// <summary>Says that nothing before this moment is known.</summary>
    public void BeginAt(long sinceMs) => _newest = _newest with { SinceMs = Math.Max(_newest.SinceMs, sinceMs) };

    /// <summary>What is known: the first <paramref name="Count"/> items, and everything after <paramref name="SinceMs"/>.</summary>
    internal sealed record Snapshot(FleetChange[] Items, int Count, long SinceMs);
}
