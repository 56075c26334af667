using IotAttest.Domain.Devices;
using IotAttest.Service.Devices;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Evidence;

/// <summary>Keeps the parsed P-256 keys of the boards heard last; parsing costs a good part of a verification.</summary>
/// <param name="capacity">Most parsed keys.</param>
/// <remarks>A ring of fixed length: a new key takes the place of the oldest, so memory is bounded.
/// Evicted keys are left to the garbage collector, because another thread may be verifying with them.</remarks>
internal sealed class ParsedKeyCache(int capacity = ParsedKeyCache.Capacity)
{
    /// <summary>Most parsed keys of a verifier, about 2 KiB each.</summary>
    public const int Capacity = 65_536;

    private readonly DeviceEntry?[] _ring = new DeviceEntry?[capacity];
    private uint _next;

    public IDeviceKey KeyOf(DeviceEntry device)
    {
        if (device.Identity.KeyKind == DeviceKeyKind.Hmac)
        {
            return new HmacDeviceKey(device.KeyMaterial);
        }

        return device.ParsedKey ?? Parse(device);
    }

    private P256DeviceKey Parse(DeviceEntry device)
    {
        P256DeviceKey key = P256DeviceKey.TryFromSpki(device.KeyMaterial)
            ?? throw new StoreException($"The stored public key of board {device.Identity.Ueid} cannot be read. Restore the database from a backup.");

        // Before it has a place: whoever takes that place drops the key, and a key that came after that would never be dropped.
        device.ParsedKey = key;
        uint slot = (Interlocked.Increment(ref _next) - 1) % (uint)_ring.Length;
        DeviceEntry? evicted = Interlocked.Exchange(ref _ring[slot], device);
        if (evicted is not null && evicted != device)
        {
            evicted.ParsedKey = null;
        }

        return key;
    }
}
