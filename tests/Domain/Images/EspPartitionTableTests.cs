using IotAttest.Domain.Images;
using IotAttest.Domain.Tests.Boards;

namespace IotAttest.Domain.Tests.Images;

public sealed class EspPartitionTableTests
{
    private const int Md5Row = 5 * 32;

    private static byte[] S3Table => EspPartitionTableWriter.FromBoard(BoardFiles.Read(BoardFiles.Esp32S3));

    [Fact]
    public void The_table_of_a_board_is_the_one_of_nanoFramework()
    {
        Assert.True(EspPartitionTable.TryRead(S3Table, out EspPartitionTable? table, out _));

        Assert.Equal(
            [
                new("nvs", 1, 2, 0x9000, 0x6000),
                new("phy_init", 1, 1, 0xF000, 0x1000),
                new("factory", 0, 0, 0x10000, 0x1A0000),
                new("deploy", 1, 0x84, 0x1B0000, 0x2E0000),
                new EspPartition("config", 1, 0x83, 0x490000, 0x200000),
            ],
            table.Partitions);
    }

    [Fact]
    public void The_bytes_are_those_of_the_format_written_out_by_hand()
    {
        byte[] table = EspPartitionTableWriter.Write([new("factory", 0, 0, 0x10000, 0x1A0000, 1)]);

        string row = "AA500000" + "00000100" + "00001A00" + "666163746F7279000000000000000000" + "01000000";
        const string md5 = "4C1E383C756E04E2C69B24EA347A07A5";
        Assert.Equal(row + "EBEB" + new string('F', 28) + md5, Convert.ToHexString(table.AsSpan(0, 64)));
        Assert.Equal(0xC00, table.Length);
        Assert.Equal(-1, table.AsSpan(64).IndexOfAnyExcept((byte)0xFF));
    }

    [Fact]
    public void The_whole_sector_is_taken_too()
    {
        byte[] sector = [.. S3Table, .. Enumerable.Repeat((byte)0xFF, 0x400)];

        Assert.True(EspPartitionTable.TryRead(sector, out _, out _));
        Assert.False(EspPartitionTable.TryRead([.. sector, 0xFF], out _, out ImageError? error));
        Assert.Equal("file length", error.Field);
    }

    [Fact]
    public void Every_truncation_is_refused_with_field_and_offset()
    {
        byte[] table = S3Table;
        for (int length = 0; length < table.Length; length++)
        {
            Assert.False(EspPartitionTable.TryRead(table.AsSpan(0, length), out EspPartitionTable? read, out ImageError? error));
            Assert.Null(read);
            Assert.NotEmpty(error.Field);
            Assert.InRange(error.Offset, 0, length);
        }
    }

    [Fact]
    public void Every_changed_bit_is_noticed()
    {
        byte[] table = S3Table;
        for (int bit = 0; bit < table.Length * 8; bit++)
        {
            table[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(EspPartitionTable.TryRead(table, out _, out _), $"bit {bit}");
            table[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Theory]
    [InlineData(32, new byte[] { 0xAB }, "entry 1 magic", 32)]
    [InlineData(Md5Row, new byte[] { 0xFF, 0xFF }, "entry 5 magic", Md5Row)]
    [InlineData(Md5Row + 2, new byte[] { 0 }, "MD5 fill", Md5Row + 2)]
    [InlineData(Md5Row + 31, new byte[] { 0 }, "MD5", Md5Row + 16)]
    [InlineData(3, new byte[] { 9 }, "MD5", Md5Row + 16)]
    [InlineData(Md5Row + 32, new byte[] { 0 }, "bytes after the MD5 entry", Md5Row + 32)]
    [InlineData(0xBFF, new byte[] { 0 }, "bytes after the MD5 entry", 0xBFF)]
    public void A_wrong_byte_is_named_with_its_offset(int offset, byte[] bytes, string field, long errorOffset)
    {
        Assert.False(EspPartitionTable.TryRead(SampleFirmware.With(S3Table, offset, bytes), out _, out ImageError? error));

        Assert.Equal((field, errorOffset), (error.Field, error.Offset));
    }

    public static TheoryData<string, int, byte[]> WrongEntries => new()
    {
        { "entry 1 offset", 32 + 4, [0, 0xE0, 0, 0] },
        { "entry 0 offset", 4, [0, 0x80, 0, 0] },
        { "entry 0 offset", 4, [4, 0x90, 0, 0] },
        { "entry 2 offset", 64 + 4, [0, 0x10, 1, 0] },
        { "entry 3 offset", 96 + 4, [0, 0x90, 0, 0] },
        { "entry 0 size", 8, [0, 0, 0, 0] },
        { "entry 4 size", 128 + 8, [0, 0, 0xFF, 0xFF] },
        { "entry 0 type", 2, [0xFF] },
        { "entry 0 label", 12, [0] },
        { "entry 0 label", 12 + 5, [(byte)'x'] },
        { "entry 0 label", 12, [0x07] },
        { "entry 4 label", 128 + 12, [.. "deploy"u8] },
        { "entry 0 flags", 28, [4] },
    };

    [Theory]
    [MemberData(nameof(WrongEntries))]
    public void A_right_md5_does_not_excuse_a_wrong_entry(string field, int offset, byte[] bytes)
    {
        byte[] table = SampleFirmware.With(S3Table, offset, bytes);
        EspPartitionTable.Md5Of(table.AsSpan(0, Md5Row)).CopyTo(table, Md5Row + 16);

        Assert.False(EspPartitionTable.TryRead(table, out _, out ImageError? error));

        Assert.Equal(field, error.Field);
    }

    [Fact]
    public void Ninety_four_entries_fit_and_one_more_does_not()
    {
        static EspPartition[] Entries(int count) =>
            [.. Enumerable.Range(0, count).Select(index => new EspPartition($"p{index}", 1, 6, (uint)(0x10000 + (index * 0x1000)), 0x1000))];

        Assert.True(EspPartitionTable.TryRead(EspPartitionTableWriter.Write(Entries(94)), out EspPartitionTable? table, out _));
        Assert.Equal(94, table.Partitions.Count);
        Assert.Throws<ArgumentException>(() => EspPartitionTableWriter.Write(Entries(95)));
        Assert.Throws<ArgumentException>(() => EspPartitionTableWriter.Write([]));
    }

    [Fact]
    public void The_writer_refuses_what_the_reader_would_refuse()
    {
        Assert.Throws<ArgumentException>(() => EspPartitionTableWriter.Write([new("b", 1, 2, 0xA000, 0x1000), new("a", 1, 2, 0x9000, 0x1000)]));
        Assert.Throws<ArgumentException>(() => EspPartitionTableWriter.Write([new("a label of 17 char", 1, 2, 0x9000, 0x1000)]));
    }
}
