using System.Diagnostics;
using IotAttest.Domain.Cbor;
using IotAttest.Protocol;

namespace IotAttest.Domain.Tests.Cbor;

public sealed class BoundedCborReaderTests
{
    private static readonly CborLimits Strict = new(1 << 20, 16, StrictDeterministic: true);
    private static readonly CborLimits Tolerant = Strict with { StrictDeterministic = false };

    [Theory]
    [InlineData("a0", DecodeStatus.Ok)]
    [InlineData("a201000200", DecodeStatus.Ok)]
    [InlineData("a202000100", DecodeStatus.NotDeterministic)]
    [InlineData("a201000100", DecodeStatus.Duplicate)]
    [InlineData("a2181800390100f6", DecodeStatus.Ok)] // 24 before -257
    [InlineData("a22000181800", DecodeStatus.NotDeterministic)] // -1 before 24: the length-first order of RFC 7049
    [InlineData("a218180020f6", DecodeStatus.Ok)] // 24 before -1
    [InlineData("a10001", DecodeStatus.Ok)]
    [InlineData("a1180001", DecodeStatus.NotDeterministic)]
    [InlineData("a2810100810100", DecodeStatus.Duplicate)]
    [InlineData("a2c10100c10200", DecodeStatus.Ok)]
    [InlineData("bf0100ff", DecodeStatus.NotDeterministic)]
    [InlineData("9f01ff", DecodeStatus.NotDeterministic)]
    [InlineData("5f4101ff", DecodeStatus.NotDeterministic)]
    [InlineData("fa3f800000", DecodeStatus.NotDeterministic)]
    [InlineData("f97e01", DecodeStatus.Ok)]
    [InlineData("fa7fc00000", DecodeStatus.NotDeterministic)]
    [InlineData("fb7ff8000000000000", DecodeStatus.NotDeterministic)]
    [InlineData("c240", DecodeStatus.NotDeterministic)]
    [InlineData("c249010000000000000000", DecodeStatus.Ok)]
    [InlineData("c248ffffffffffffffff", DecodeStatus.NotDeterministic)]
    [InlineData("fc", DecodeStatus.NotWellFormed)]
    [InlineData("fd", DecodeStatus.NotWellFormed)]
    [InlineData("fe", DecodeStatus.NotWellFormed)]
    [InlineData("ff", DecodeStatus.NotWellFormed)]
    [InlineData("f818", DecodeStatus.NotWellFormed)]
    [InlineData("61ff", DecodeStatus.InvalidText)]
    [InlineData("62c080", DecodeStatus.InvalidText)]
    [InlineData("0000", DecodeStatus.TrailingBytes)]
    [InlineData("", DecodeStatus.Truncated)]
    [InlineData("c1", DecodeStatus.Truncated)]
    [InlineData("9bffffffffffffffff", DecodeStatus.Truncated)]
    [InlineData("bb7fffffffffffffff", DecodeStatus.Truncated)]
    [InlineData("5b7fffffffffffffff00", DecodeStatus.Truncated)]
    public void Strict_reader_names_what_is_wrong(string hex, DecodeStatus expected) => Assert.Equal(expected, SkipAll(hex, Strict));

    [Theory]
    [InlineData("a202000100", DecodeStatus.Ok)]
    [InlineData("a1180001", DecodeStatus.Ok)]
    [InlineData("a3020001000200", DecodeStatus.Duplicate)]
    [InlineData("a20100180100", DecodeStatus.Duplicate)] // 1 and 1 with a long head are one key
    [InlineData("a2616100616200", DecodeStatus.Ok)]
    [InlineData("a261610078016100", DecodeStatus.Duplicate)]
    [InlineData("a2f9000000fa0000000000", DecodeStatus.Ok)] // 0.0 twice, but of different width: distinct keys in the data model of bytes
    [InlineData("9f01ff", DecodeStatus.NotDeterministic)]
    public void Tolerant_reader_takes_any_order_but_no_duplicate(string hex, DecodeStatus expected) => Assert.Equal(expected, SkipAll(hex, Tolerant));

    [Theory]
    [InlineData(16, DecodeStatus.Ok)]
    [InlineData(17, DecodeStatus.TooDeep)]
    public void Depth_is_bounded_whether_skipped_or_read(int depth, DecodeStatus expected)
    {
        byte[] nested = [.. Enumerable.Repeat((byte)0x81, depth), 0];
        BoundedCborReader reader = new(nested, Strict);
        for (int i = 0; i < depth; i++)
        {
            reader.ReadArrayStart(1, 1);
        }

        reader.ReadInt64();

        Assert.Equal(expected, reader.Status);
        Assert.Equal(expected, SkipAll(Convert.ToHexString(nested), Strict));
    }

    [Fact]
    public void Five_million_nested_arrays_are_refused_at_once()
    {
        byte[] bomb = new byte[5_000_000];
        Array.Fill(bomb, (byte)0x81);
        BoundedCborReader tooLarge = new(bomb, Strict);
        BoundedCborReader tooDeep = new(bomb, Strict with { MaxBytes = bomb.Length });
        long start = Stopwatch.GetTimestamp();

        tooLarge.Skip();
        tooDeep.Skip();

        Assert.Equal(DecodeStatus.TooLarge, tooLarge.Finish());
        Assert.Equal(DecodeStatus.TooDeep, tooDeep.Finish());
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Many_unordered_keys_are_checked_in_less_than_quadratic_time()
    {
        const int Count = 100_000;
        byte[] map = [0xba, 0, 1, 0x86, 0xa0, .. Enumerable.Range(0, Count).Reverse().SelectMany(i => (byte[])[0x1a, 0, (byte)(i >> 16), (byte)(i >> 8), (byte)i, 0])];
        BoundedCborReader reader = new(map, Tolerant);
        long start = Stopwatch.GetTimestamp();

        reader.Skip();

        Assert.Equal(DecodeStatus.Ok, reader.Finish());
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData(4, DecodeStatus.Ok)]
    [InlineData(3, DecodeStatus.TooLarge)]
    public void Size_is_bounded(int maxBytes, DecodeStatus expected) =>
        Assert.Equal(expected, SkipAll("83010203", Strict with { MaxBytes = maxBytes }));

    [Fact]
    public void Every_truncation_of_a_message_is_truncated()
    {
        byte[] whole = Convert.FromHexString("a4010220430102036161f563e2828283c11a5f5e1000f68204f93e00");

        for (int length = 0; length < whole.Length; length++)
        {
            BoundedCborReader reader = new(whole.AsMemory(0, length), Strict);
            reader.Skip();
            Assert.Equal(DecodeStatus.Truncated, reader.Finish());
        }

        Assert.Equal(DecodeStatus.Ok, SkipAll(Convert.ToHexString(whole), Strict));
    }

    [Fact]
    public void Reads_come_in_order_and_bytes_are_slices_of_the_input()
    {
        byte[] input = Convert.FromHexString("a5012902430102030363616263046161208301f4f6");
        BoundedCborReader reader = new(input, Strict);

        Assert.Equal(5, reader.ReadMapStart(8));
        Assert.Equal(1UL, reader.ReadUInt64());
        Assert.Equal(-10, reader.ReadInt64());
        Assert.Equal(2, reader.ReadInt64());
        ReadOnlyMemory<byte> slice = reader.ReadBytes(3, 3);
        reader.Skip();
        Assert.Equal("abc", reader.ReadText(3));
        Assert.Equal("0461612083", Convert.ToHexString(input, reader.Position, 5));
        Assert.Equal("04", Convert.ToHexString(reader.ReadEncodedItem().Span));
        reader.Skip();
        Assert.Equal(CborKind.NegativeInteger, reader.Peek());
        reader.Skip();
        Assert.Equal(3, reader.ReadArrayStart(0, 3));
        reader.ReadInt64();
        Assert.False(reader.TryReadNull());
        Assert.False(reader.ReadBool());
        Assert.True(reader.TryReadNull());
        Assert.Equal(CborKind.End, reader.Peek());
        reader.EndArray();
        reader.EndMap();

        Assert.Equal(DecodeStatus.Ok, reader.Finish());
        Assert.True(slice.Span.Overlaps(input, out int offset) && offset == -5);
    }

    [Theory]
    [InlineData("00", 0L, DecodeStatus.Ok)]
    [InlineData("1b7fffffffffffffff", long.MaxValue, DecodeStatus.Ok)]
    [InlineData("1b8000000000000000", 0L, DecodeStatus.OutOfRange)]
    [InlineData("3b7fffffffffffffff", long.MinValue, DecodeStatus.Ok)]
    [InlineData("3b8000000000000000", 0L, DecodeStatus.OutOfRange)]
    [InlineData("40", 0L, DecodeStatus.WrongType)]
    [InlineData("f90000", 0L, DecodeStatus.WrongType)]
    public void Integers_stop_at_the_range_of_Int64(string hex, long value, DecodeStatus expected)
    {
        BoundedCborReader reader = new(Convert.FromHexString(hex), Strict);

        Assert.Equal(value, reader.ReadInt64());
        Assert.Equal(expected, reader.Finish());
    }

    [Theory]
    [InlineData(1, DecodeStatus.OutOfRange)]
    [InlineData(2, DecodeStatus.Ok)]
    [InlineData(3, DecodeStatus.Ok)]
    [InlineData(4, DecodeStatus.OutOfRange)]
    public void Byte_strings_keep_their_bounds(int length, DecodeStatus expected)
    {
        BoundedCborReader reader = new((byte[])[(byte)(0x40 + length), .. new byte[length]], Strict);

        ReadOnlyMemory<byte> bytes = reader.ReadBytes(2, 3);

        Assert.Equal(expected, reader.Status);
        Assert.Equal(expected == DecodeStatus.Ok ? length : 0, bytes.Length);
    }

    [Fact]
    public void The_first_cause_stays()
    {
        BoundedCborReader reader = new(Convert.FromHexString("820140"), Strict);
        reader.ReadArrayStart(2, 2);

        Assert.Empty(reader.ReadText(5));
        Assert.Equal(0, reader.ReadInt64());
        Assert.Equal(DecodeStatus.OutOfRange, new BoundedCborReader(new byte[1], Strict).Fail(DecodeStatus.OutOfRange));
        Assert.Equal(DecodeStatus.WrongType, reader.Fail(DecodeStatus.Missing));
        Assert.Equal(DecodeStatus.WrongType, reader.Finish());
    }

    [Fact]
    public void A_reset_reader_forgets_bytes_depth_and_failure()
    {
        BoundedCborReader reader = new(Convert.FromHexString("8181ff"), Strict);
        reader.Skip();
        Assert.Equal(DecodeStatus.NotWellFormed, reader.Finish());

        reader.Reset(Convert.FromHexString("0a"));

        Assert.Equal((10, DecodeStatus.Ok), (reader.ReadInt64(), reader.Finish()));
    }

    [Theory]
    [InlineData("8101", DecodeStatus.OutOfRange)]
    [InlineData("80", DecodeStatus.Ok)]
    public void An_array_closes_only_when_all_items_are_read(string hex, DecodeStatus expected)
    {
        BoundedCborReader reader = new(Convert.FromHexString(hex), Strict);
        reader.ReadArrayStart(0, 9);
        reader.EndArray();

        Assert.Equal(expected, reader.Finish());
    }

    [Fact]
    public void A_read_past_the_end_of_an_array_is_missing()
    {
        BoundedCborReader reader = new(Convert.FromHexString("820181f5"), Strict);
        reader.ReadArrayStart(2, 2);
        reader.ReadInt64();
        reader.ReadArrayStart(1, 1);
        reader.ReadBool();

        reader.ReadBool();

        Assert.Equal(DecodeStatus.Missing, reader.Status);
    }

    [Theory]
    [InlineData("d82500", 37, DecodeStatus.Ok)]
    [InlineData("d82500", 36, DecodeStatus.WrongTag)]
    [InlineData("00", 37, DecodeStatus.WrongTag)]
    public void A_tag_is_the_expected_one(string hex, int expectedTag, DecodeStatus expected)
    {
        BoundedCborReader reader = new(Convert.FromHexString(hex), Strict);
        reader.ReadTag((ulong)expectedTag);
        reader.ReadInt64();

        Assert.Equal(expected, reader.Finish());
    }

    [Fact]
    public void Random_bytes_never_throw()
    {
        Random random = new(20261122);
        byte[] noise = new byte[64];
        for (int round = 0; round < 20_000; round++)
        {
            random.NextBytes(noise);
            BoundedCborReader reader = new(noise, round % 2 == 0 ? Strict : Tolerant);
            reader.Skip();
            reader.Finish();
        }
    }

    [Fact]
    public void The_writer_refuses_keys_out_of_order()
    {
        byte[] encoded = DeterministicCbor.Encode(writer => WriteMap(writer, 24, -1));

        Assert.Equal("A21818002000", Convert.ToHexString(encoded));
        Assert.Throws<InvalidOperationException>(() => DeterministicCbor.Encode(writer => WriteMap(writer, -1, 24)));
    }

    private static void WriteMap(System.Formats.Cbor.CborWriter writer, params int[] keys)
    {
        writer.WriteStartMap(keys.Length);
        foreach (int key in keys)
        {
            writer.WriteInt32(key);
            writer.WriteInt32(0);
        }

        writer.WriteEndMap();
    }

    private static DecodeStatus SkipAll(string hex, CborLimits limits)
    {
        BoundedCborReader reader = new(Convert.FromHexString(hex), limits);
        reader.Skip();
        return reader.Finish();
    }
}
