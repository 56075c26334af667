using System.Text;
using IotAttest.Domain.Boards;
using IotAttest.Domain.Images;

namespace IotAttest.Cli.Demo;

/// <summary>Boot loader and nanoCLR where no vendor binary is at hand: on an ESP32 in true ESP-IDF format, elsewhere plain bytes. No code is in them.</summary>
internal static class StandInImages
{
    private const int BootloaderBytes = 16 * 1024;
    private const int ClrBytes = 256 * 1024;
    private const uint LoadAddress = 0x3FC8_8000;
    private const uint EntryAddress = 0x4037_4000;

    public static byte[] Bootloader(BoardDescription board) => Make(board, "boot loader", BootloaderBytes);

    public static byte[] Clr(BoardDescription board) => Make(board, "nanoCLR", ClrBytes);

    private static byte[] Make(BoardDescription board, string what, int length)
    {
        byte[] content = Fill($"IotAttest demo: stands in for the {what} of {board.Target}. ", length);
        return EspChip.ForTarget(board.Target) is { } chip ? EspAppImageWriter.Write(chip.ImageChipId, EntryAddress, [(LoadAddress, content)]) : content;
    }

    private static byte[] Fill(string text, int length)
    {
        byte[] pattern = Encoding.ASCII.GetBytes(text);
        byte[] content = new byte[length];
        for (int at = 0; at < length; at++)
        {
            content[at] = pattern[at % pattern.Length];
        }

        return content;
    }
}
