namespace IotAttest.Service.Devices;

/// <summary>Finds entries by a key that they hold themselves: eight to sixteen bytes a board, where a dictionary of the framework takes about seventy.</summary>
/// <remarks>Open addressing with linear probing. One thread writes, any number reads without a lock: a slot only ever goes from empty to an
/// entry, to another entry with the same key, or to <see cref="Gone"/>; growing makes new slots.</remarks>
internal abstract class EntryTable<TKey>
{
    private const int MinSlots = 64;

    private static readonly object Gone = new();

    private object?[] _slots = new object?[MinSlots];
    private int _taken;

    /// <summary>Entries in no order, as of about now.</summary>
    public IEnumerable<DeviceEntry> All => Volatile.Read(ref _slots).OfType<DeviceEntry>();

    public int Count { get; private set; }

    public DeviceEntry? Find(TKey key)
    {
        object?[] slots = Volatile.Read(ref _slots);
        for (uint at = HashOf(key) & Mask(slots); ; at = (at + 1) & Mask(slots))
        {
            switch (Volatile.Read(ref slots[at]))
            {
                case null:
                    return null;
                case DeviceEntry entry when HasKey(entry, key):
                    return entry;
            }
        }
    }

    /// <summary>Adds an entry, or puts it in the place of the one with its key.</summary>
    public void Put(DeviceEntry entry)
    {
        // At most two thirds are taken, so that runs stay short.
        if (3 * (_taken + 1) > 2 * _slots.Length)
        {
            Grow();
        }

        ref object? slot = ref SlotOf(_slots, KeyOf(entry));
        if (slot is null)
        {
            _taken++;
            Count++;
        }

        Volatile.Write(ref slot, entry);
    }

    /// <summary>Takes the entry of a key out.</summary>
    public void Remove(TKey key)
    {
        ref object? slot = ref SlotOf(_slots, key);
        if (slot is not null)
        {
            Volatile.Write(ref slot, Gone);
            Count--;
        }
    }

    protected abstract TKey KeyOf(DeviceEntry entry);

    protected abstract bool HasKey(DeviceEntry entry, TKey key);

    protected abstract uint HashOf(TKey key);

    private static uint Mask(object?[] slots) => (uint)slots.Length - 1;

    // The slot of the key, or the empty one where it would go.
    private ref object? SlotOf(object?[] slots, TKey key)
    {
        uint at = HashOf(key) & Mask(slots);
        while (slots[at] is { } other && !(other is DeviceEntry entry && HasKey(entry, key)))
        {
            at = (at + 1) & Mask(slots);
        }

        return ref slots[at];
    }

    private void Grow()
    {
        object?[] slots = new object?[Math.Max(MinSlots, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(2 * (Count + 1))))];
        foreach (DeviceEntry entry in _slots.OfType<DeviceEntry>())
        {
            SlotOf(slots, KeyOf(entry)) = entry;
        }

        _taken = Count;
        Volatile.Write(ref _slots, slots);
    }
}
