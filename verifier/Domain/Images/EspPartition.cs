namespace IotAttest.Domain.Images;

/// <summary>One entry of an ESP-IDF partition table (esp_partition_info_t).</summary>
/// <param name="Label">1 to 16 printable ASCII characters, unique in the table.</param>
/// <param name="Type">0 app, 1 data, 2 boot loader, 3 partition table, 0x40 to 0xFE the application's own.</param>
/// <param name="Subtype">Meaning depends on the type: app/0 is factory, data/0x84 is nanoFramework's deployment.</param>
/// <param name="Offset">Bytes from the start of flash.</param>
/// <param name="Size">Bytes, not zero.</param>
/// <param name="Flags">Bit 0 encrypted, bit 1 read-only.</param>
public sealed record EspPartition(string Label, byte Type, byte Subtype, uint Offset, uint Size, uint Flags = 0)
{
    /// <summary>Type of an application partition.</summary>
    public const byte TypeApp = 0x00;

    /// <summary>Type of a data partition.</summary>
    public const byte TypeData = 0x01;

    /// <summary>Subtype of the app partition that holds the nanoCLR.</summary>
    public const byte SubtypeFactory = 0x00;

    /// <summary>Subtype of the data partition that holds the managed assemblies (nf-interpreter, partitions_nanoclr_*.csv).</summary>
    public const byte SubtypeDeployment = 0x84;

    /// <summary>The first byte behind the partition.</summary>
    public long End => (long)Offset + Size;
}
