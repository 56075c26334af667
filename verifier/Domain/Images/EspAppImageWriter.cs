using System.Buffers.Binary;
using System.Security.Cryptography;

namespace IotAttest.Domain.Images;

/// <summary>Makes ESP-IDF images in true format, with checksum and appended SHA-256, where no vendor binary is at hand (demo, tests).</summary>
public static class EspAppImageWriter
{
    private const byte SpiModeDio = 2;
    private const byte Speed40MHzSize4MiB = 0x20;
    private const byte WriteProtectPinDisabled = 0xEE;
    private const ushort AnyRevision = ushort.MaxValue;

    /// <summary>Writes an image.</summary>
    /// <param name="chipId">esp_chip_id_t, see <see cref="Boards.EspChip.ImageChipId"/>.</param>
    /// <param name="entryAddress">Where execution starts.</param>
    /// <param name="segments">1 to 16 segments, load address and data; data is zero padded to 4 bytes.</param>
    /// <returns>The file.</returns>
    /// <exception cref="ArgumentException">No segment, or more than 16.</exception>
    public static byte[] Write(ushort chipId, uint entryAddress, IReadOnlyList<(uint LoadAddress, ReadOnlyMemory<byte> Data)> segments)
    {
        ArgumentNullException.ThrowIfNull(segments);
        if (segments.Count is < 1 or > EspAppImage.MaxSegments)
        {
            throw new ArgumentException($"seen {segments.Count} segments; expected 1 to {EspAppImage.MaxSegments}", nameof(segments));
        }

        List<byte> file = [.. Header(chipId, entryAddress, (byte)segments.Count)];
        byte checksum = EspAppImage.ChecksumSeed;
        foreach ((uint loadAddress, ReadOnlyMemory<byte> data) in segments)
        {
            AddSegment(file, loadAddress, data.Span);
            checksum = EspAppImage.Xor(checksum, data.Span);
        }

        int padding = EspAppImage.ChecksumAlignment - 1 - (file.Count % EspAppImage.ChecksumAlignment);
        file.AddRange(new byte[padding]);
        file.Add(checksum);
        file.AddRange(SHA256.HashData(file.ToArray()));
        return [.. file];
    }

    private static byte[] Header(ushort chipId, uint entryAddress, byte segmentCount)
    {
        byte[] header = new byte[EspAppImage.HeaderBytes];
        header[0] = EspAppImage.Magic;
        header[1] = segmentCount;
        header[2] = SpiModeDio;
        header[3] = Speed40MHzSize4MiB;
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), entryAddress);
        header[8] = WriteProtectPinDisabled;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(12), chipId);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(17), AnyRevision);
        header[23] = 1;
        return header;
    }

    private static void AddSegment(List<byte> file, uint loadAddress, ReadOnlySpan<byte> data)
    {
        byte[] padded = new byte[(data.Length + 3) / 4 * 4];
        data.CopyTo(padded);
        Span<byte> head = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(head, loadAddress);
        BinaryPrimitives.WriteUInt32LittleEndian(head[4..], (uint)padded.Length);
        file.AddRange(head);
        file.AddRange(padded);
    }
}
