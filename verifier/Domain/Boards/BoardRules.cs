namespace IotAttest.Domain.Boards;

/// <summary>What must hold between the values of a board description.</summary>
internal static class BoardRules
{
    public const uint MaxFlashSize = 256 * 1024 * 1024;

    private const uint WordAlignment = 4;
    private const uint EspSector = 0x1000;

    public static BoardError? Check(BoardDescription board) =>
        CheckFlashSize(board)
        ?? board.Regions.Select((region, index) => CheckRegion(board, region, $"$.regions[{index}]")).FirstOrDefault(error => error is not null)
        ?? CheckPairs(board)
        ?? CheckMeasured(board, RegionNames.Clr)
        ?? CheckMeasured(board, RegionNames.Deployment)
        ?? CheckDeployAddress(board)
        ?? CheckBootloaderOffset(board);

    private static BoardError? CheckFlashSize(BoardDescription board)
    {
        if (board.FlashSize is 0 or > MaxFlashSize)
        {
            return new("$.flashSize", Hex(board.FlashSize), $"1 to {Hex(MaxFlashSize)} bytes", "write the size of the flash chip");
        }

        return (long)board.FlashBase + board.FlashSize <= 1L << 32
            ? null
            : new("$.flashBase", Hex(board.FlashBase), "a flash that ends inside 32 address bits", "write the address of the first byte of flash");
    }

    private static BoardError? CheckRegion(BoardDescription board, BoardRegion region, string path)
    {
        uint alignment = board.UsesEspFormats ? EspSector : WordAlignment;
        if (region.Name == RegionNames.Inventory || (region.Measured && !RegionNames.Measurable.Contains(region.Name)))
        {
            return new($"{path}.name", region.Name, $"a measured region to be one of {string.Join(", ", RegionNames.Measurable)}",
                "use one of those names or set measured to false; inventory is no region");
        }

        if (region.Offset % alignment != 0)
        {
            return new($"{path}.offset", Hex(region.Offset), $"a multiple of {Hex(alignment)}", "start the region where flash can be erased or read in words");
        }

        if (region.Size == 0 || region.Size % alignment != 0)
        {
            return new($"{path}.size", Hex(region.Size), $"a multiple of {Hex(alignment)}, not zero", "write the whole length of the region");
        }

        return region.End <= board.FlashSize
            ? null
            : new($"{path}.size", $"an end at {Hex(region.End)}", $"an end inside the flash of {Hex(board.FlashSize)}", "shorten the region or correct flashSize");
    }

    private static BoardError? CheckPairs(BoardDescription board)
    {
        for (int later = 1; later < board.Regions.Count; later++)
        {
            BoardError? error = Enumerable.Range(0, later)
                .Select(earlier => CheckPair(board.Regions[earlier], board.Regions[later], $"$.regions[{later}]"))
                .FirstOrDefault(found => found is not null);
            if (error is not null)
            {
                return error;
            }
        }

        return null;
    }

    private static BoardError? CheckPair(BoardRegion earlier, BoardRegion later, string path)
    {
        if (earlier.Name == later.Name)
        {
            return new($"{path}.name", $"{later.Name} a second time", "each name once", "rename or remove one of the two");
        }

        return later.Offset >= earlier.End || earlier.Offset >= later.End
            ? null
            : new($"{path}.offset", $"{later.Name} from {Hex(later.Offset)} to {Hex(later.End)}",
                $"no overlap with {earlier.Name} from {Hex(earlier.Offset)} to {Hex(earlier.End)}", "move or shorten one of the two");
    }

    private static BoardError? CheckMeasured(BoardDescription board, string name) => board.Find(name) is { Measured: true }
        ? null
        : new("$.regions", $"no measured region {name}", "clr and deployment, both measured", "without them evidence says nothing about the firmware; add it");

    private static BoardError? CheckDeployAddress(BoardDescription board)
    {
        uint offset = board.Find(RegionNames.Deployment)!.Offset;
        return board.DeployAddress == offset
            ? null
            : new("$.deployAddress", Hex(board.DeployAddress), $"the offset of the region deployment, {Hex(offset)}",
                "count from the start of flash; flashBase is added when flashing");
    }

    // The ROM reads the second-stage boot loader from a fixed place; measuring another one would prove nothing.
    private static BoardError? CheckBootloaderOffset(BoardDescription board)
    {
        if (EspChip.ForTarget(board.Target) is not { } chip || board.Find(RegionNames.Bootloader) is not { } region || region.Offset == chip.BootloaderOffset)
        {
            return null;
        }

        int index = board.Regions.ToList().IndexOf(region);
        return new($"$.regions[{index}].offset", Hex(region.Offset), $"{Hex(chip.BootloaderOffset)}, where {chip.Name} looks for its boot loader", "correct the offset");
    }

    private static string Hex(long value) => $"0x{value:X}";
}
