using System.Buffers.Binary;
using System.Text;
using IotAttest.Domain.Boards;

namespace IotAttest.Domain.Images;

/// <summary>Makes ESP-IDF partition tables in binary form, as gen_esp32part.py does.</summary>
public static class EspPartitionTableWriter
{
    private const byte SubtypeUndefined = 0x06;

    // Labels and subtypes of nf-interpreter's partitions_nanoclr_*.csv; littlefs is data/0x83 (ESP-IDF esp_partition.h).
    private static readonly Dictionary<string, (string Label, byte Type, byte Subtype)> NanoFrameworkNames = new(StringComparer.Ordinal)
    {
        ["nvs"] = ("nvs", EspPartition.TypeData, 0x02),
        ["phy"] = ("phy_init", EspPartition.TypeData, 0x01),
        [RegionNames.Clr] = ("factory", EspPartition.TypeApp, EspPartition.SubtypeFactory),
        [RegionNames.Deployment] = ("deploy", EspPartition.TypeData, EspPartition.SubtypeDeployment),
        [RegionNames.Config] = ("config", EspPartition.TypeData, 0x83),
    };

    /// <summary>Writes a table: entries, MD5 entry, 0xFF up to 3072 bytes.</summary>
    /// <param name="partitions">1 to 94 entries that <see cref="EspPartitionTable.TryRead"/> would take, in order.</param>
    /// <exception cref="ArgumentException">The entries do not make a table that can be read back; the message says why.</exception>
    public static byte[] Write(IReadOnlyList<EspPartition> partitions)
    {
        ArgumentNullException.ThrowIfNull(partitions);
        if (partitions.Count is < 1 or > EspPartitionTable.MaxPartitions || partitions.Any(partition => partition.Label.Length > EspPartitionTable.LabelBytes))
        {
            throw new ArgumentException(
                $"seen {partitions.Count} partitions; expected 1 to {EspPartitionTable.MaxPartitions} with labels of at most {EspPartitionTable.LabelBytes} characters",
                nameof(partitions));
        }

        byte[] table = new byte[EspPartitionTable.TableBytes];
        Array.Fill(table, ErasedFlash.Value);
        for (int index = 0; index < partitions.Count; index++)
        {
            WriteEntry(table.AsSpan(index * EspPartitionTable.EntryBytes, EspPartitionTable.EntryBytes), partitions[index]);
        }

        WriteMd5(table, partitions.Count * EspPartitionTable.EntryBytes);
        return EspPartitionTable.TryRead(table, out _, out ImageError? error) ? table : throw new ArgumentException(error.Message, nameof(partitions));
    }

    /// <summary>The table that a board description implies: every region behind the table, with nanoFramework's labels.</summary>
    /// <exception cref="ArgumentException">The regions do not make a partition table (clr not on a 64 KiB border, say).</exception>
    public static byte[] FromBoard(BoardDescription board)
    {
        ArgumentNullException.ThrowIfNull(board);
        return Write([.. board.Regions
            .Where(region => region.Name is not (RegionNames.Bootloader or RegionNames.Partitions))
            .OrderBy(region => region.Offset)
            .Select(ToPartition)]);
    }

    private static EspPartition ToPartition(BoardRegion region)
    {
        (string label, byte type, byte subtype) = NanoFrameworkNames.GetValueOrDefault(region.Name, (region.Name, EspPartition.TypeData, SubtypeUndefined));
        return new(label, type, subtype, region.Offset, region.Size);
    }

    private static void WriteEntry(Span<byte> row, EspPartition partition)
    {
        row.Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(row, EspPartitionTable.EntryMagic);
        row[2] = partition.Type;
        row[3] = partition.Subtype;
        BinaryPrimitives.WriteUInt32LittleEndian(row[4..], partition.Offset);
        BinaryPrimitives.WriteUInt32LittleEndian(row[8..], partition.Size);
        Encoding.ASCII.GetBytes(partition.Label, row.Slice(12, EspPartitionTable.LabelBytes));
        BinaryPrimitives.WriteUInt32LittleEndian(row[28..], partition.Flags);
    }

    private static void WriteMd5(Span<byte> table, int entriesEnd)
    {
        Span<byte> row = table.Slice(entriesEnd, EspPartitionTable.EntryBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(row, EspPartitionTable.Md5Magic);
        EspPartitionTable.Md5Of(table[..entriesEnd]).CopyTo(row[(sizeof(ushort) + EspPartitionTable.Md5FillBytes)..]);
    }
}
