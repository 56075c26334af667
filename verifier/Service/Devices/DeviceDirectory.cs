using System.Diagnostics.CodeAnalysis;

namespace IotAttest.Service.Devices;

/// <summary>All enrolled devices in memory, by key id and by UEID. The database is the truth; this is filled from it at start, and changed on the
/// writer thread only.</summary>
internal sealed class DeviceDirectory
{
    private readonly KidTable _byKid = new();
    private readonly UeidTable _byUeid = new();

    public int Count => _byUeid.Count;

    public IEnumerable<DeviceEntry> All => _byUeid.All;

    public bool TryFindByKid(ulong kid, [NotNullWhen(true)] out DeviceEntry? device) => (device = _byKid.Find(kid)) is not null;

    public bool TryFindByUeid(string ueid, [NotNullWhen(true)] out DeviceEntry? device) => (device = _byUeid.Find(ueid)) is not null;

    /// <summary>Adds a device, or puts the new entry of a rekeyed one in the place of the old.</summary>
    public void Put(DeviceEntry device)
    {
        if (_byUeid.Find(device.Identity.Ueid) is { } old && old.Identity.Kid != device.Identity.Kid)
        {
            _byKid.Remove(old.Identity.Kid);
        }

        _byUeid.Put(device);
        _byKid.Put(device);
    }
}
