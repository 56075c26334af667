using System.Buffers.Binary;
using System.Security.Cryptography;
using IotAttest.Domain.Images;

namespace IotAttest.Domain.Tests.Images;

public sealed class EspAppImageTests
{
    // 24 header + (8 + 40) + (8 + 64) data = 144, padding and checksum to 160, hash to 192.
    private const int ChecksumOffset = 159;
    private const int ImageBytes = 192;

    [Fact]
    public void What_the_writer_writes_the_reader_reads()
    {
        byte[] file = SampleFirmware.EspImage();

        Assert.True(EspAppImage.TryRead(file, out EspAppImage? image, out _));

        Assert.Equal((SampleFirmware.S3, SampleFirmware.Entry, ImageBytes, 0), (image.ChipId, image.EntryAddress, image.LengthBytes, image.SignatureBlocks));
        Assert.Equal([new(0x3C000020, 32, 40), new EspImageSegment(0x40374000, 80, 64)], image.Segments);
        Assert.Equal(SHA256.HashData(file.AsSpan(0, ImageBytes - 32)), image.AppendedSha256!.Value.ToArray());
    }

    [Fact]
    public void The_bytes_are_those_of_the_format_written_out_by_hand()
    {
        byte[] file = EspAppImageWriter.Write(13, 0x40800000, [(0x40800000, new byte[] { 1, 2, 4, 8 })]);

        string body = "E9010220" + "00008040" + "EE000000" + "0D00" + "00" + "0000" + "FFFF" + "00000000" + "01"
            + "00008040" + "04000000" + "01020408" + "0000000000000000000000" + "E0";
        Assert.Equal(body, Convert.ToHexString(file.AsSpan(0, 48)));
        Assert.Equal(SHA256.HashData(Convert.FromHexString(body)), file[48..]);
    }

    [Fact]
    public void Every_truncation_is_refused_with_field_and_offset()
    {
        byte[] file = SampleFirmware.EspImage();
        for (int length = 0; length < file.Length; length++)
        {
            Assert.False(EspAppImage.TryRead(file.AsSpan(0, length), out EspAppImage? image, out ImageError? error));
            Assert.Null(image);
            Assert.NotEmpty(error.Field);
            Assert.InRange(error.Offset, 0, length);
        }
    }

    [Fact]
    public void Every_changed_bit_is_noticed()
    {
        byte[] file = SampleFirmware.EspImage();
        for (int bit = 0; bit < file.Length * 8; bit++)
        {
            file[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(EspAppImage.TryRead(file, out _, out _), $"bit {bit}");
            file[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Theory]
    [InlineData(0, 0xE8, "magic", 0)]
    [InlineData(1, 0, "segment count", 1)]
    [InlineData(1, 17, "segment count", 1)]
    [InlineData(2, 6, "SPI mode", 2)]
    [InlineData(3, 0x25, "SPI speed and size", 3)]
    [InlineData(3, 0x80, "SPI speed and size", 3)]
    [InlineData(4, 0x15, "appended SHA-256", 160)]
    [InlineData(12, 13, "appended SHA-256", 160)]
    [InlineData(23, 2, "hash appended", 23)]
    [InlineData(23, 0, "bytes after the image", 160)]
    [InlineData(28, 41, "segment 0 length", 28)]
    [InlineData(31, 1, "segment 0 length", 28)]
    [InlineData(30, 1, "segment 0 data", 32)]
    [InlineData(40, 0, "checksum", ChecksumOffset)]
    [InlineData(ChecksumOffset, 0, "checksum", ChecksumOffset)]
    [InlineData(160, 0, "appended SHA-256", 160)]
    public void A_wrong_field_is_named_with_its_offset(int offset, byte value, string field, long errorOffset)
    {
        byte[] file = SampleFirmware.With(SampleFirmware.EspImage(), offset, value);

        Assert.False(EspAppImage.TryRead(file, out _, out ImageError? error));

        Assert.Equal((field, errorOffset), (error.Field, error.Offset));
    }

    [Fact]
    public void An_image_may_say_that_it_carries_no_hash()
    {
        byte[] file = SampleFirmware.With(SampleFirmware.EspImage(), 23, 0)[..160];

        Assert.True(EspAppImage.TryRead(file, out EspAppImage? image, out _));

        Assert.Null(image.AppendedSha256);
    }

    [Fact]
    public void Erased_bytes_may_follow_and_nothing_else()
    {
        byte[] image = SampleFirmware.EspImage();

        Assert.True(EspAppImage.TryRead([.. image, .. Erased(5000)], out EspAppImage? read, out _));
        Assert.Equal(ImageBytes, read.LengthBytes);
        Assert.False(EspAppImage.TryRead([.. image, .. Erased(9), 0], out _, out ImageError? error));
        Assert.Equal(("bytes after the image", ImageBytes + 9L), (error.Field, error.Offset));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Secure_boot_signature_blocks_may_follow_on_the_next_sector(int blocks)
    {
        Assert.True(EspAppImage.TryRead(Signed(blocks), out EspAppImage? image, out ImageError? error), error?.Message);

        Assert.Equal((ImageBytes, blocks), (image.LengthBytes, image.SignatureBlocks));
    }

    [Theory]
    [InlineData(4096, 0xE6, "bytes after the image")]
    [InlineData(4000, 0xE7, "bytes after the image")]
    [InlineData(4097, 9, "signature block 0 version")]
    [InlineData(4100, 1, "signature block 0 CRC")]
    [InlineData(4096 + 1216, 0xE8, "signature sector")]
    [InlineData(4096 + 4000, 0, "signature sector")]
    [InlineData(8192, 0, "bytes after the signature sector")]
    public void A_damaged_signature_sector_is_named(int offset, byte value, string field)
    {
        byte[] file = SampleFirmware.With([.. Signed(2), 0xFF], offset, value);

        Assert.False(EspAppImage.TryRead(file, out _, out ImageError? error));

        Assert.Equal(field, error.Field);
    }

    [Fact]
    public void A_signature_of_another_image_is_named()
    {
        byte[] other = [.. SampleFirmware.EspImage(13), .. Signed(1).AsSpan(ImageBytes)];

        Assert.False(EspAppImage.TryRead(other, out _, out ImageError? error));

        Assert.Equal("signature block 0 image digest", error.Field);
    }

    [Fact]
    public void A_signature_sector_cut_short_is_refused()
    {
        byte[] file = Signed(1);

        Assert.False(EspAppImage.TryRead(file.AsSpan(0, file.Length - 1), out _, out ImageError? error));

        Assert.Equal(("signature sector", 4096L), (error.Field, error.Offset));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    public void The_writer_wants_1_to_16_segments(int count)
    {
        Assert.Throws<ArgumentException>(() => EspAppImageWriter.Write(9, 0, [.. Enumerable.Repeat((0u, (ReadOnlyMemory<byte>)new byte[4]), count)]));
    }

    private static byte[] Erased(int count) => [.. Enumerable.Repeat((byte)0xFF, count)];

    private static byte[] Signed(int blocks)
    {
        byte[] image = SampleFirmware.EspImage();
        byte[] padded = [.. image, .. Erased(4096 - image.Length)];
        byte[] block = new byte[1216];
        block[0] = 0xE7;
        block[1] = 2;
        SHA256.HashData(padded).CopyTo(block, 4);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(1196), EspSignatureSector.ZipCrc32(block.AsSpan(0, 1196)));
        return [.. padded, .. Enumerable.Repeat(block, blocks).SelectMany(bytes => bytes), .. Erased(4096 - (blocks * 1216))];
    }
}
