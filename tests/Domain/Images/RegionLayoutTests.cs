using System.Security.Cryptography;
using IotAttest.Domain.Boards;
using IotAttest.Domain.Images;
using IotAttest.Domain.Tests.Boards;

namespace IotAttest.Domain.Tests.Images;

public sealed class RegionLayoutTests
{
    [Theory]
    [InlineData(BoardFiles.Esp32S3)]
    [InlineData(BoardFiles.Esp32C6)]
    [InlineData(BoardFiles.Stm32)]
    public void A_digest_is_sha256_over_the_file_and_erased_flash(string name)
    {
        BoardDescription board = BoardFiles.Read(name);
        Dictionary<string, ReadOnlyMemory<byte>> files = SampleFirmware.FilesFor(board);

        Assert.True(RegionLayout.TryLayOut(board, files, out FlashRegions? flash, out ImageError? error), error?.Message);

        Assert.Equal(board.Measured.Select(region => (region.Name, region.Offset, region.Size)), flash.Regions.Select(region => (region.Name, region.Offset, region.Size)));
        foreach (FlashRegion region in flash.Regions)
        {
            byte[] file = files[region.Name].ToArray();
            byte[] expected = [.. file, .. Enumerable.Repeat((byte)0xFF, (int)region.Size - file.Length)];
            Assert.Equal(SHA256.HashData(expected), region.Sha256.ToArray());
            Assert.Equal(expected, RegionLayout.FullBytes(board.Find(region.Name)!, file));
            Assert.Equal(file.Length, region.FileLengthBytes);
        }

        Assert.Equal(["Sample.Sensor", "Sample.Thermostat"], flash.Assemblies.Select(assembly => assembly.Name));
    }

    [Fact]
    public void A_file_that_carries_its_erased_tail_gives_the_same_digest()
    {
        BoardDescription board = BoardFiles.Read(BoardFiles.Esp32S3);
        Dictionary<string, ReadOnlyMemory<byte>> files = SampleFirmware.FilesFor(board);
        Assert.True(RegionLayout.TryLayOut(board, files, out FlashRegions? bare, out _));
        foreach (BoardRegion region in board.Measured)
        {
            files[region.Name] = RegionLayout.FullBytes(region, files[region.Name].Span);
        }

        Assert.True(RegionLayout.TryLayOut(board, files, out FlashRegions? full, out ImageError? error), error?.Message);

        Assert.Equal(bare.Regions.Select(region => Convert.ToHexString(region.Sha256.Span)), full.Regions.Select(region => Convert.ToHexString(region.Sha256.Span)));
    }

    [Theory]
    [InlineData("bootloader")]
    [InlineData("partitions")]
    [InlineData("clr")]
    [InlineData("deployment")]
    public void Every_measured_region_needs_a_file_that_is_not_empty(string region)
    {
        ImageError missing = Refused(BoardFiles.Esp32S3, files => files.Remove(region));
        ImageError empty = Refused(BoardFiles.Esp32S3, files => files[region] = default);

        Assert.Equal((region, "file"), (missing.Region, missing.Field));
        Assert.Equal((region, "file length"), (empty.Region, empty.Field));
        Assert.StartsWith($"{region}: file at 0x0: seen no file; expected", missing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nvs")]
    [InlineData("CLR")]
    public void A_file_for_another_name_is_refused(string name)
    {
        Assert.Equal(name, Refused(BoardFiles.Esp32S3, files => files[name] = SampleFirmware.Bytes(4)).Region);
    }

    [Fact]
    public void A_file_may_fill_its_region_and_not_be_a_byte_longer()
    {
        BoardDescription board = BoardFiles.Read(BoardFiles.Stm32);
        Dictionary<string, ReadOnlyMemory<byte>> files = SampleFirmware.FilesFor(board);
        files["bootloader"] = new byte[0x8000];

        Assert.True(RegionLayout.TryLayOut(board, files, out _, out _));
        ImageError error = Refused(BoardFiles.Stm32, changed => changed["bootloader"] = new byte[0x8001]);
        Assert.Equal(("bootloader", "file length", 0x8000L), (error.Region, error.Field, error.Offset));
        Assert.Throws<ArgumentException>(() => RegionLayout.FullBytes(board.Find("bootloader")!, new byte[0x8001]));
    }

    [Theory]
    [InlineData("clr")]
    [InlineData("bootloader")]
    public void An_image_for_another_chip_is_refused(string region)
    {
        ImageError error = Refused(BoardFiles.Esp32S3, files => files[region] = SampleFirmware.EspImage(13));

        Assert.Equal((region, "chip id", "13 (ESP32-C6)", "9 (ESP32-S3)"), (error.Region, error.Field, error.Seen, error.Expected));
    }

    [Fact]
    public void Where_the_target_does_not_name_the_chip_the_images_must_agree()
    {
        BoardDescription board = BoardFiles.Read(BoardFiles.Esp32S3) with { Target = "AtomS3" };
        Dictionary<string, ReadOnlyMemory<byte>> files = SampleFirmware.FilesFor(BoardFiles.Read(BoardFiles.Esp32S3));

        Assert.True(RegionLayout.TryLayOut(board, files, out _, out _));
        files["clr"] = SampleFirmware.EspImage(13);
        Assert.False(RegionLayout.TryLayOut(board, files, out _, out ImageError? error));
        Assert.Equal("clr", error.Region);
    }

    [Theory]
    [InlineData("clr", "magic")]
    [InlineData("bootloader", "magic")]
    [InlineData("partitions", "entry 0 magic")]
    [InlineData("deployment", "assembly 0 magic")]
    public void A_damaged_file_is_named_with_its_region(string region, string field)
    {
        ImageError error = Refused(BoardFiles.Esp32S3, files => files[region] = SampleFirmware.With(files[region].ToArray(), 0, 0));

        Assert.Equal((region, field), (error.Region, error.Field));
    }

    [Fact]
    public void The_partition_table_of_another_flash_size_is_refused()
    {
        BoardDescription fourMegabytes = BoardFiles.MustRead(BoardFiles.Edited(BoardFiles.Esp32S3, board =>
        {
            board["regions"]![5]!["size"] = "0x1F0000";
            board["regions"]![6]!["offset"] = "0x3C0000";
        }));

        ImageError error = Refused(BoardFiles.Esp32S3, files => files["partitions"] = EspPartitionTableWriter.FromBoard(fourMegabytes));

        Assert.Equal(("partitions", "entry 3 offset and size", 100L), (error.Region, error.Field, error.Offset));
    }

    [Fact]
    public void A_partition_table_without_factory_or_beyond_the_flash_is_refused()
    {
        EspPartition deployment = new("deploy", 1, 0x84, 0x1B0000, 0x2E0000);
        byte[] noFactory = EspPartitionTableWriter.Write([deployment]);
        byte[] tooLarge = EspPartitionTableWriter.Write([new("factory", 0, 0, 0x10000, 0x1A0000), deployment, new("config", 1, 0x83, 0x800000, 0x1000)]);

        Assert.Equal("entry 1 type", Refused(BoardFiles.Esp32S3, files => files["partitions"] = noFactory).Field);
        Assert.Equal("entry 2 size", Refused(BoardFiles.Esp32S3, files => files["partitions"] = tooLarge).Field);
    }

    private static ImageError Refused(string boardName, Action<Dictionary<string, ReadOnlyMemory<byte>>> change)
    {
        BoardDescription board = BoardFiles.Read(boardName);
        Dictionary<string, ReadOnlyMemory<byte>> files = SampleFirmware.FilesFor(board);
        change(files);

        Assert.False(RegionLayout.TryLayOut(board, files, out FlashRegions? flash, out ImageError? error));
        Assert.Null(flash);
        return error;
    }
}
