using IotAttest.Domain.Evidence;

namespace IotAttest.Service.Evidence;

/// <summary>Refusals of evidence that no authenticated board sent, per network address. Kept in memory, bounded, gone with a restart.</summary>
internal sealed class AddressRefusals(TimeProvider clock)
{
    /// <summary>Most addresses remembered; then the one not seen for longest goes.</summary>
    public const int Capacity = 4096;

    private readonly Dictionary<string, AddressRefusal> _byAddress = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>The addresses with their counts, most recent first.</summary>
    public IReadOnlyList<AddressRefusal> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _byAddress.Values.OrderByDescending(entry => entry.LastAt)];
            }
        }
    }

    public void Count(string address, RefusalCode code)
    {
        lock (_lock)
        {
            long count = _byAddress.TryGetValue(address, out AddressRefusal? known) ? known.Count : 0;
            if (known is null && _byAddress.Count == Capacity)
            {
                _byAddress.Remove(_byAddress.Values.MinBy(entry => entry.LastAt)!.Address);
            }

            _byAddress[address] = new AddressRefusal(address, count + 1, code.ToString(), clock.GetUtcNow());
        }
    }
}
