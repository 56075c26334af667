using System.Security.Cryptography;

namespace IotAttest.Service.Devices;

/// <summary>Entries by key id.</summary>
internal sealed class KidTable : EntryTable<ulong>
{
    // A key id is part of a hash already; the factor keeps who chooses keys from choosing slots.
    private readonly ulong _factor = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1;

    protected override ulong KeyOf(DeviceEntry entry) => entry.Identity.Kid;

    protected override bool HasKey(DeviceEntry entry, ulong key) => entry.Identity.Kid == key;

    protected override uint HashOf(ulong key) => (uint)((key * _factor) >> 32);
}
