namespace IotAttest.Service.Devices;

/// <summary>Entries by UEID.</summary>
internal sealed class UeidTable : EntryTable<string>
{
    protected override string KeyOf(DeviceEntry entry) => entry.Identity.Ueid;

    protected override bool HasKey(DeviceEntry entry, string key) => entry.Identity.Ueid == key;

    // Seeded anew in every process: nobody can choose slots.
    protected override uint HashOf(string key) => (uint)key.GetHashCode(StringComparison.Ordinal);
}
