using System.Buffers.Binary;
using System.Security.Cryptography;
using IotAttest.Domain.Images;
using IotAttest.Domain.Tests.Images;

namespace IotAttest.Fuzz.Tests.Targets;

/// <summary>ESP-IDF images: bootloader and CLR.</summary>
internal sealed class EspImageTarget : FuzzTarget
{
    private const int HeaderBytes = 24;

    public override string Name => "esp-image";

    public override IEnumerable<byte[]> Seeds => [SampleFirmware.EspImage(), SampleFirmware.EspImage(dataBytes: 0), [.. SampleFirmware.EspImage(), .. Enumerable.Repeat((byte)0xff, 64)]];

    public override byte[][] Words => [[0xE9], [0xE7, 0x02, 0, 0], [0xff, 0xff, 0xff, 0xff], [0, 0, 0, 0x80], [0, 0, 0xff, 0]];

    public override long BaseBytes => 32 * 1024;

    public override Outcome Decode(byte[] input) => EspAppImage.TryRead(input, out EspAppImage? image, out ImageError? error)
        ? new Outcome(true, HashCode.Combine(image.ChipId, image.EntryAddress, image.Segments.Count))
        : Outcome.Refused(error);

    // Walks the segments as the reader does and writes checksum and hash where it will look for them.
    public override void Repair(byte[] input, Random random)
    {
        if (input.Length < HeaderBytes || random.Next(4) == 0)
        {
            return;
        }

        long at = HeaderBytes;
        byte checksum = EspAppImage.ChecksumSeed;
        for (int segment = 0; segment < input[1]; segment++)
        {
            long start = at + 8;
            at = start <= input.Length ? start + BinaryPrimitives.ReadUInt32LittleEndian(input.AsSpan((int)at + 4)) : long.MaxValue;
            if (at > input.Length)
            {
                return;
            }

            checksum = EspAppImage.Xor(checksum, input.AsSpan((int)start..(int)at));
        }

        int row = (int)at + 15 - ((int)at % 16);
        if (row < input.Length)
        {
            input[row] = checksum;
            SHA256.TryHashData(input.AsSpan(0, row + 1), input.AsSpan(row + 1), out _);
        }
    }
}
