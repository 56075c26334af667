namespace IotAttest.Service.Devices;

/// <summary>Boards in the order in which their evidence expires, so that silence is found without a look at all of them.</summary>
/// <remarks>A board stands in it once, with the expiry it had when it was put in. New evidence moves nothing: when its turn comes and the board was
/// heard meanwhile, it is put in again. So a report costs nothing here, and each board is looked at once in the time its evidence holds.
/// One thread at a time.</remarks>
internal sealed class SilenceQueue
{
    private readonly PriorityQueue<DeviceEntry, long> _boards = new();

    /// <summary>Boards that are watched.</summary>
    public int Count => _boards.Count;

    /// <summary>Watches a board; nothing when it is watched already.</summary>
    public void Add(DeviceEntry device, DateTimeOffset expiry)
    {
        if (!device.IsWatched)
        {
            device.IsWatched = true;
            _boards.Enqueue(device, expiry.UtcTicks);
        }
    }

    /// <summary>Takes out every board whose time came before this moment.</summary>
    public IEnumerable<DeviceEntry> TakeExpired(DateTimeOffset now)
    {
        while (_boards.TryPeek(out DeviceEntry? device, out long expiry) && expiry < now.UtcTicks)
        {
            _boards.Dequeue();
            device.IsWatched = false;
            yield return device;
        }
    }

    /// <summary>Forgets all boards.</summary>
    public void Clear()
    {
        foreach ((DeviceEntry device, _) in _boards.UnorderedItems)
        {
            device.IsWatched = false;
        }

        _boards.Clear();
    }
}
