using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace IotAttest.Service.Devices;

/// <summary>All enrolled devices in memory, by key id and by UEID. The database is the truth; this is filled from it at start.</summary>
internal sealed class DeviceDirectory
{
    private readonly ConcurrentDictionary<ulong, DeviceEntry> _byKid = new();
    private readonly ConcurrentDictionary<string, DeviceEntry> _byUeid = new(StringComparer.Ordinal);

    public int Count => _byUeid.Count;

    public IEnumerable<DeviceEntry> All => _byUeid.Select(pair => pair.Value);

    public bool TryFindByKid(ulong kid, [NotNullWhen(true)] out DeviceEntry? device) => _byKid.TryGetValue(kid, out device);

    public bool TryFindByUeid(string ueid, [NotNullWhen(true)] out DeviceEntry? device) => _byUeid.TryGetValue(ueid, out device);

    /// <summary>Adds a device, or puts the new entry of a rekeyed one in the place of the old.</summary>
    public void Put(DeviceEntry device)
    {
        if (_byUeid.TryGetValue(device.Identity.Ueid, out DeviceEntry? old) && old.Identity.Kid != device.Identity.Kid)
        {
            _byKid.TryRemove(old.Identity.Kid, out _);
        }

        _byUeid[device.Identity.Ueid] = device;
        _byKid[device.Identity.Kid] = device;
    }
}
