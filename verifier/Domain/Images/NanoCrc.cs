namespace IotAttest.Domain.Images;

/// <summary>The CRC-32 of nanoFramework: polynomial 0x04C11DB7, most significant bit first, start 0, no reflection, no final XOR
/// (not the one of zip).</summary>
internal static class NanoCrc
{
    private const uint Polynomial = 0x04C11DB7;

    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(value => Shift((uint)value << 24))];

    /// <summary>Goes on from <paramref name="crc"/>; 0 starts.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (byte value in data)
        {
            crc = (crc << 8) ^ Table[(crc >> 24) ^ value];
        }

        return crc;
    }

    private static uint Shift(uint crc)
    {
        for (int bit = 0; bit < 8; bit++)
        {
            crc = (crc & 0x80000000) == 0 ? crc << 1 : (crc << 1) ^ Polynomial;
        }

        return crc;
    }
}
