using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace IotAttest.Domain.Images;

/// <summary>An ESP-IDF partition table in binary form (ESP-IDF "Partition Tables"; components/partition_table/gen_esp32part.py).</summary>
/// <param name="Partitions">1 to 94 entries in order of their offset, without overlap.</param>
public sealed record EspPartitionTable(IReadOnlyList<EspPartition> Partitions)
{
    internal const int EntryBytes = 32;
    internal const int TableBytes = 0xC00;
    internal const int SectorBytes = 0x1000;
    internal const int LabelBytes = 16;
    internal const ushort EntryMagic = 0x50AA;
    internal const ushort Md5Magic = 0xEBEB;
    internal const int Md5FillBytes = 14;

    /// <summary>Entries that fit: the table's rows but one for the MD5 and one end mark.</summary>
    internal const int MaxPartitions = (TableBytes / EntryBytes) - 2;

    private const uint AppAlignment = 0x10000;
    private const uint DataAlignment = 0x1000;
    private const uint KnownFlags = 0b11;
    private const byte TypeBootloader = 0x02;
    private const byte TypePartitionTable = 0x03;
    private const uint FirstFreeByte = 0x9000;
    private const string MakeAgain = "make the table again with gen_esp32part.py";

    /// <summary>Reads a table and verifies its MD5, its order and that nothing overlaps.</summary>
    /// <param name="file">3072 bytes (as gen_esp32part.py writes it) or 4096 (the sector); 0xFF behind the MD5 entry.</param>
    /// <param name="table">The table; null when the file is refused.</param>
    /// <param name="error">The first field that does not hold, with its offset; null when the file is taken.</param>
    /// <returns>True when every check holds.</returns>
    public static bool TryRead(
        ReadOnlySpan<byte> file,
        [NotNullWhen(true)] out EspPartitionTable? table,
        [NotNullWhen(false)] out ImageError? error)
    {
        FieldReader reader = new(file);
        List<EspPartition> partitions = [];
        while (reader.Error is null && !CheckMd5WhenReached(ref reader, partitions.Count))
        {
            ReadEntry(ref reader, partitions);
        }

        CheckEnd(ref reader, file.Length);
        error = reader.Error;
        table = error is null ? new(partitions) : null;
        return table is not null;
    }

    private static bool CheckMd5WhenReached(ref FieldReader reader, int entries)
    {
        int start = reader.Position;
        byte[] computed = Md5Of(reader.Consumed);
        string field = $"entry {entries} magic";
        ushort magic = reader.UInt16(field);
        bool isMd5 = magic == Md5Magic;
        reader.Require(isMd5 || magic == EntryMagic, field, start, $"0x{magic:X4}", $"0x{EntryMagic:X4}, or 0x{Md5Magic:X4} for the MD5 entry",
            "use a table with an MD5 entry (CONFIG_PARTITION_TABLE_MD5)");
        if (!isMd5 || reader.Error is not null)
        {
            return false;
        }

        reader.Require(entries > 0, "MD5 entry", start, "the first row", "a partition before it", MakeAgain);
        int filled = ErasedFlash.FirstWritten(reader.Take("MD5 fill", Md5FillBytes));
        reader.Require(filled < 0, "MD5 fill", start + 2 + filled, "a byte that is not 0xFF", "14 bytes of 0xFF", MakeAgain);
        byte[] stored = reader.Take("MD5", computed.Length).ToArray();
        reader.Require(stored.AsSpan().SequenceEqual(computed), "MD5", start + LabelBytes, Convert.ToHexStringLower(stored),
            $"{Convert.ToHexStringLower(computed)}, over the entries before it", MakeAgain);
        return true;
    }

    private static void ReadEntry(ref FieldReader reader, List<EspPartition> partitions)
    {
        int start = reader.Position - sizeof(ushort);
        string entry = $"entry {partitions.Count}";
        reader.Require(partitions.Count < MaxPartitions, entry, start, "one more entry", $"at most {MaxPartitions}", MakeAgain);
        byte type = reader.Byte($"{entry} type");
        byte subtype = reader.Byte($"{entry} subtype");
        uint offset = reader.UInt32($"{entry} offset");
        uint size = reader.UInt32($"{entry} size");
        string label = ReadLabel(ref reader, entry);
        uint flags = reader.UInt32($"{entry} flags");
        EspPartition partition = new(label, type, subtype, offset, size, flags);
        CheckEntry(ref reader, entry, start, partition);
        CheckAgainstOthers(ref reader, entry, start, partition, partitions);
        partitions.Add(partition);
    }

    private static string ReadLabel(ref FieldReader reader, string entry)
    {
        int offset = reader.Position;
        ReadOnlySpan<byte> bytes = reader.Take($"{entry} label", LabelBytes);
        ReadOnlySpan<byte> text = bytes.TrimEnd((byte)0);
        bool printable = !text.IsEmpty && !text.ContainsAnyExceptInRange((byte)' ', (byte)'~');
        reader.Require(printable, $"{entry} label", offset, Convert.ToHexString(bytes), "1 to 16 printable characters, then zeros", MakeAgain);
        return Encoding.ASCII.GetString(text);
    }

    private static void CheckEntry(ref FieldReader reader, string entry, int start, EspPartition partition)
    {
        reader.Require(partition.Type != byte.MaxValue, $"{entry} type", start + 2, "0xFF", "0 to 0xFE", MakeAgain);
        uint alignment = partition.Type == EspPartition.TypeApp ? AppAlignment : DataAlignment;
        reader.Require(partition.Offset % alignment == 0, $"{entry} offset", start + 4, $"0x{partition.Offset:X}", $"a multiple of 0x{alignment:X}", MakeAgain);
        bool isBelowTable = partition.Offset < FirstFreeByte && partition.Type is not (TypeBootloader or TypePartitionTable);
        reader.Require(!isBelowTable, $"{entry} offset", start + 4, $"0x{partition.Offset:X}", $"0x{FirstFreeByte:X} or more, behind the table", MakeAgain);
        reader.Require(partition.Size > 0 && partition.End <= 1L << 32, $"{entry} size", start + 8, $"0x{partition.Size:X}",
            "not zero, and an end inside 32 address bits", MakeAgain);
        reader.Require((partition.Flags & ~KnownFlags) == 0, $"{entry} flags", start + 28, $"0x{partition.Flags:X}", "bit 0 (encrypted) and bit 1 (read-only) only", MakeAgain);
    }

    private static void CheckAgainstOthers(ref FieldReader reader, string entry, int start, EspPartition partition, List<EspPartition> earlier)
    {
        reader.Require(earlier.TrueForAll(other => other.Label != partition.Label), $"{entry} label", start + 12, $"{partition.Label} a second time",
            "each label once", MakeAgain);
        if (earlier.Count == 0)
        {
            return;
        }

        EspPartition last = earlier[^1];
        reader.Require(partition.Offset >= last.Offset, $"{entry} offset", start + 4, $"0x{partition.Offset:X}",
            $"entries in order of their offset, so more than 0x{last.Offset:X}", MakeAgain);
        reader.Require(partition.Offset >= last.End, $"{entry} offset", start + 4, $"0x{partition.Offset:X}",
            $"no overlap with {last.Label}, which ends at 0x{last.End:X}", MakeAgain);
    }

    private static void CheckEnd(ref FieldReader reader, int fileBytes)
    {
        int written = reader.Error is null ? ErasedFlash.FirstWritten(reader.Rest) : -1;
        reader.Require(written < 0, "bytes after the MD5 entry", reader.Position + written, "a byte that is not 0xFF", "0xFF up to the end", MakeAgain);
        reader.Require(fileBytes is TableBytes or SectorBytes, "file length", fileBytes, $"{fileBytes} bytes", $"{TableBytes} or {SectorBytes}", MakeAgain);
    }

    // ESP-IDF checks the table against accidents with MD5; what the board proves is SHA-256 over the region.
    [SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "the format's checksum, not a security measure")]
    internal static byte[] Md5Of(ReadOnlySpan<byte> entries) => MD5.HashData(entries);
}
