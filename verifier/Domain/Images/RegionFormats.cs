using IotAttest.Domain.Boards;

namespace IotAttest.Domain.Images;

/// <summary>Checks of the files in ESP-IDF format against the board. Files of other platforms are raw bytes: any content, but not none.</summary>
internal static class RegionFormats
{
    public static ImageError? Check(BoardDescription board, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files)
    {
        if (!board.UsesEspFormats)
        {
            return null;
        }

        ushort? chip = EspChip.ForTarget(board.Target)?.ImageChipId;
        return CheckImage(RegionNames.Bootloader, files, ref chip) ?? CheckImage(RegionNames.Clr, files, ref chip) ?? CheckPartitions(board, files);
    }

    // Where the target's name does not say the chip, boot loader and nanoCLR must at least agree.
    private static ImageError? CheckImage(string name, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, ref ushort? chip)
    {
        if (!files.TryGetValue(name, out ReadOnlyMemory<byte> file))
        {
            return null;
        }

        if (!EspAppImage.TryRead(file.Span, out EspAppImage? image, out ImageError? error))
        {
            return error with { Region = name };
        }

        chip ??= image.ChipId;
        return image.ChipId == chip
            ? null
            : new("chip id", 12, EspChip.Describe(image.ChipId), EspChip.Describe(chip.Value), "pass the image of the board's target") { Region = name };
    }

    private static ImageError? CheckPartitions(BoardDescription board, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files)
    {
        if (!files.TryGetValue(RegionNames.Partitions, out ReadOnlyMemory<byte> file))
        {
            return null;
        }

        ImageError? error = EspPartitionTable.TryRead(file.Span, out EspPartitionTable? table, out ImageError? refused)
            ? CheckFlashSize(board, table)
                ?? CheckEntry(board, table, RegionNames.Clr, EspPartition.TypeApp, EspPartition.SubtypeFactory)
                ?? CheckEntry(board, table, RegionNames.Deployment, EspPartition.TypeData, EspPartition.SubtypeDeployment)
            : refused;
        return error is null ? null : error with { Region = RegionNames.Partitions };
    }

    private static ImageError? CheckFlashSize(BoardDescription board, EspPartitionTable table)
    {
        EspPartition last = table.Partitions[^1];
        return last.End <= board.FlashSize
            ? null
            : Disagrees(table.Partitions.Count - 1, "size", 8, $"{last.Label} ends at 0x{last.End:X}", $"an end inside the flash of 0x{board.FlashSize:X}");
    }

    private static ImageError? CheckEntry(BoardDescription board, EspPartitionTable table, string regionName, byte type, byte subtype)
    {
        BoardRegion region = board.Find(regionName)!;
        string expected = $"{regionName} of board.json at 0x{region.Offset:X}, 0x{region.Size:X} bytes (type {type}, subtype 0x{subtype:X2})";
        for (int index = 0; index < table.Partitions.Count; index++)
        {
            EspPartition entry = table.Partitions[index];
            if (entry.Type == type && entry.Subtype == subtype)
            {
                return entry.Offset == region.Offset && entry.Size == region.Size
                    ? null
                    : Disagrees(index, "offset and size", 4, $"0x{entry.Offset:X}, 0x{entry.Size:X} bytes", expected);
            }
        }

        return Disagrees(table.Partitions.Count, "type", 2, "no such entry", expected);
    }

    private static ImageError Disagrees(int entry, string field, int at, string seen, string expected) =>
        new($"entry {entry} {field}", (entry * EspPartitionTable.EntryBytes) + at, seen, expected,
            "use the table and the board.json of the same flash size (nf-interpreter, partitions_nanoclr_*.csv)");
}
