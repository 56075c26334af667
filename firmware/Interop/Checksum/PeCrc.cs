using System.Text;

namespace IotAttest.Interop.Checksum;

/// <summary>The CRC-32 of nanoFramework's PE format: polynomial 0x04C11DB7, most significant bit first, no reflection, no final XOR.</summary>
internal static class PeCrc
{
    private const uint Polynomial = 0x04C11DB7;

    /// <summary>Continues <paramref name="crc"/> (0 at the start) over the ASCII bytes of <paramref name="text"/>, without an end mark.</summary>
    public static uint Add(uint crc, string text)
    {
        foreach (byte value in Encoding.ASCII.GetBytes(text))
        {
            crc ^= (uint)value << 24;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x80000000) != 0 ? (crc << 1) ^ Polynomial : crc << 1;
            }
        }

        return crc;
    }
}
