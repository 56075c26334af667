using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace IotAttest.Domain.Images;

/// <summary>An ESP-IDF image, boot loader or application (ESP-IDF components/bootloader_support/include/esp_app_format.h; the checks are those
/// of src/esp_image_format.c).</summary>
/// <param name="ChipId">esp_chip_id_t, see <see cref="Boards.EspChip"/>.</param>
/// <param name="EntryAddress">Where execution starts.</param>
/// <param name="MinChipRevision">Oldest chip it runs on, major * 100 + minor.</param>
/// <param name="MaxChipRevision">Newest chip it runs on, major * 100 + minor.</param>
/// <param name="Segments">1 to 16.</param>
/// <param name="AppendedSha256">The 32 bytes behind the checksum, verified; null when the header says there are none.</param>
/// <param name="LengthBytes">Header to checksum or hash; padding and signatures behind it are not counted.</param>
/// <param name="SignatureBlocks">Secure Boot v2 signature blocks behind the image, 0 to 3. Their CRC is verified here, the signature by the chip.</param>
public sealed record EspAppImage(
    ushort ChipId,
    uint EntryAddress,
    ushort MinChipRevision,
    ushort MaxChipRevision,
    IReadOnlyList<EspImageSegment> Segments,
    ReadOnlyMemory<byte>? AppendedSha256,
    int LengthBytes,
    int SignatureBlocks)
{
    internal const byte Magic = 0xE9;
    internal const int HeaderBytes = 24;
    internal const int MaxSegments = 16;
    internal const int ChecksumAlignment = 16;
    internal const byte ChecksumSeed = 0xEF;

    private const int MaxSegmentBytes = 16 * 1024 * 1024;
    private const byte HighestSpiMode = 5;
    private const int HighestFlashSize = 7;
    private const string Rebuild = "this is no intact ESP-IDF image: build or download it again";

    /// <summary>Reads an image and verifies header, segments, checksum and appended hash.</summary>
    /// <param name="file">The whole file. Behind the image stand erased bytes (0xFF), or padding and one Secure Boot v2 signature sector, or nothing.</param>
    /// <param name="image">The image; null when the file is refused.</param>
    /// <param name="error">The first field that does not hold, with its offset; null when the file is taken.</param>
    /// <returns>True when every check holds.</returns>
    public static bool TryRead(
        ReadOnlySpan<byte> file,
        [NotNullWhen(true)] out EspAppImage? image,
        [NotNullWhen(false)] out ImageError? error)
    {
        FieldReader reader = new(file);
        Header header = ReadHeader(ref reader);
        byte checksum = ChecksumSeed;
        List<EspImageSegment> segments = ReadSegments(ref reader, header.SegmentCount, ref checksum);
        CheckChecksum(ref reader, checksum);
        ReadOnlyMemory<byte>? hash = header.HashAppended ? CheckHash(ref reader) : default(ReadOnlyMemory<byte>?);
        int blocks = EspSignatureSector.Read(ref reader, out int imageBytes);

        error = reader.Error;
        image = error is null
            ? new(header.ChipId, header.Entry, header.MinRevision, header.MaxRevision, segments, hash, imageBytes, blocks)
            : null;
        return image is not null;
    }

    private static Header ReadHeader(ref FieldReader reader)
    {
        byte magic = reader.Byte("magic");
        reader.Require(magic == Magic, "magic", 0, $"0x{magic:X2}", $"0x{Magic:X2}", "pass an ESP-IDF image such as nanoCLR.bin");
        byte count = reader.Byte("segment count");
        reader.Require(count is >= 1 and <= MaxSegments, "segment count", 1, $"{count}", $"1 to {MaxSegments}", Rebuild);
        byte mode = reader.Byte("SPI mode");
        reader.Require(mode <= HighestSpiMode, "SPI mode", 2, $"{mode}", $"0 to {HighestSpiMode}", Rebuild);
        byte speedAndSize = reader.Byte("SPI speed and size");
        bool speedIsKnown = (speedAndSize & 0x0F) is 0 or 1 or 2 or 0x0F;
        reader.Require(speedIsKnown && speedAndSize >> 4 <= HighestFlashSize, "SPI speed and size", 3, $"0x{speedAndSize:X2}",
            $"speed 0, 1, 2 or 15 in the low half, size 0 to {HighestFlashSize} in the high half", Rebuild);
        uint entry = reader.UInt32("entry address");
        reader.Take("SPI pins", 4);
        ushort chip = reader.UInt16("chip id");
        reader.Byte("minimum chip revision (old form)");
        ushort minRevision = reader.UInt16("minimum chip revision");
        ushort maxRevision = reader.UInt16("maximum chip revision");
        reader.Take("reserved", 4);
        byte hashAppended = reader.Byte("hash appended");
        reader.Require(hashAppended <= 1, "hash appended", HeaderBytes - 1, $"{hashAppended}", "0 or 1", Rebuild);
        return new(count, entry, chip, minRevision, maxRevision, hashAppended == 1);
    }

    private static List<EspImageSegment> ReadSegments(ref FieldReader reader, int count, ref byte checksum)
    {
        List<EspImageSegment> segments = [];
        for (int index = 0; index < count && reader.Error is null; index++)
        {
            uint address = reader.UInt32($"segment {index} load address");
            int lengthOffset = reader.Position;
            uint length = reader.UInt32($"segment {index} length");
            reader.Require(length % 4 == 0 && length < MaxSegmentBytes, $"segment {index} length", lengthOffset, $"{length}",
                $"a multiple of 4 below {MaxSegmentBytes}", Rebuild);
            segments.Add(new(address, reader.Position, (int)length));
            checksum = Xor(checksum, reader.Take($"segment {index} data", (int)length));
        }

        return segments;
    }

    // The checksum is the last byte of a 16-byte row (esp_image_format.c, process_checksum).
    private static void CheckChecksum(ref FieldReader reader, byte computed)
    {
        reader.Take("checksum padding", ChecksumAlignment - 1 - (reader.Position % ChecksumAlignment));
        int offset = reader.Position;
        byte stored = reader.Byte("checksum");
        reader.Require(stored == computed, "checksum", offset, $"0x{stored:X2}", $"0x{computed:X2}, the XOR over the segments", Rebuild);
    }

    private static byte[] CheckHash(ref FieldReader reader)
    {
        byte[] computed = SHA256.HashData(reader.Consumed);
        int offset = reader.Position;
        byte[] stored = reader.Take("appended SHA-256", SHA256.HashSizeInBytes).ToArray();
        reader.Require(stored.AsSpan().SequenceEqual(computed), "appended SHA-256", offset, Convert.ToHexStringLower(stored),
            $"{Convert.ToHexStringLower(computed)}, the hash of what stands before it", Rebuild);
        return stored;
    }

    internal static byte Xor(byte seed, ReadOnlySpan<byte> data)
    {
        foreach (byte value in data)
        {
            seed ^= value;
        }

        return seed;
    }

    private readonly record struct Header(int SegmentCount, uint Entry, ushort ChipId, ushort MinRevision, ushort MaxRevision, bool HashAppended);
}
