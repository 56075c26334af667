using System.Buffers.Binary;
using System.Security.Cryptography;

namespace IotAttest.Domain.Images;

/// <summary>What may follow an ESP-IDF image: erased bytes, or padding to a sector and one sector of Secure Boot v2 signature blocks
/// (ESP-IDF "Secure Boot v2", signature block format).</summary>
internal static class EspSignatureSector
{
    public const int SectorBytes = 4096;
    public const int BlockBytes = 1216;

    private const int MaxBlocks = 3;
    private const int CheckedBytes = 1196;
    private const int DigestOffset = 4;
    private const byte Magic = 0xE7;
    private const byte VersionRsa = 2;
    private const byte VersionEcdsa = 3;
    private const string BuildAgain = "sign the image again, or remove what follows it";

    /// <summary>Checks all that follows the image.</summary>
    /// <param name="reader">Stands behind the image.</param>
    /// <param name="imageBytes">Where the image ended.</param>
    /// <returns>The number of signature blocks, 0 when there are none.</returns>
    public static int Read(ref FieldReader reader, out int imageBytes)
    {
        imageBytes = reader.Position;
        if (reader.Error is not null || ErasedFlash.FirstWritten(reader.Rest) < 0)
        {
            return 0;
        }

        int written = imageBytes + ErasedFlash.FirstWritten(reader.Rest);
        int sectorStart = (imageBytes + SectorBytes - 1) / SectorBytes * SectorBytes;
        reader.Require(written == sectorStart && reader.Rest[written - imageBytes] == Magic, "bytes after the image", written,
            $"0x{reader.Rest[written - imageBytes]:X2}", $"0xFF, nothing, or a signature block at 0x{sectorStart:X}", BuildAgain);
        reader.Take("padding before the signature sector", sectorStart - imageBytes);
        return ReadBlocks(ref reader, SHA256.HashData(reader.Consumed));
    }

    private static int ReadBlocks(ref FieldReader reader, ReadOnlySpan<byte> signedDigest)
    {
        int start = reader.Position;
        ReadOnlySpan<byte> sector = reader.Take("signature sector", SectorBytes);
        int count = 0;
        while (!sector.IsEmpty && count < MaxBlocks && sector[count * BlockBytes] == Magic)
        {
            CheckBlock(ref reader, sector.Slice(count * BlockBytes, BlockBytes), count, start + (count * BlockBytes), signedDigest);
            count++;
        }

        int tail = ErasedFlash.FirstWritten(sector[Math.Min(sector.Length, count * BlockBytes)..]);
        reader.Require(tail < 0, "signature sector", start + (count * BlockBytes) + tail, "bytes that are no signature block", "0xFF", BuildAgain);
        int behind = ErasedFlash.FirstWritten(reader.Rest);
        reader.Require(behind < 0, "bytes after the signature sector", reader.Position + behind, "more data", "0xFF or nothing", BuildAgain);
        return count;
    }

    private static void CheckBlock(ref FieldReader reader, ReadOnlySpan<byte> block, int index, int offset, ReadOnlySpan<byte> signedDigest)
    {
        byte version = block[1];
        reader.Require(version is VersionRsa or VersionEcdsa, $"signature block {index} version", offset + 1, $"{version}", "2 (RSA) or 3 (ECDSA)", BuildAgain);
        uint stored = BinaryPrimitives.ReadUInt32LittleEndian(block[CheckedBytes..]);
        uint computed = ZipCrc32(block[..CheckedBytes]);
        reader.Require(stored == computed, $"signature block {index} CRC", offset + CheckedBytes, $"0x{stored:X8}", $"0x{computed:X8}", BuildAgain);

        // ECDSA blocks hold SHA-256 or SHA-384, depending on the curve; RSA blocks always SHA-256.
        bool digestHolds = version != VersionRsa || block.Slice(DigestOffset, signedDigest.Length).SequenceEqual(signedDigest);
        reader.Require(digestHolds, $"signature block {index} image digest", offset + DigestOffset, "the digest of another image",
            Convert.ToHexStringLower(signedDigest), BuildAgain);
    }

    // The reflected CRC-32 of zip; System.IO.Hashing is not part of the framework.
    internal static uint ZipCrc32(ReadOnlySpan<byte> data)
    {
        const uint reflectedPolynomial = 0xEDB88320;
        uint crc = uint.MaxValue;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ reflectedPolynomial;
            }
        }

        return ~crc;
    }
}
