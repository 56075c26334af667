using System.Text.Json;
using IotAttest.Support;

namespace IotAttest.Protocol.Tests;

public sealed class CborCursorTests
{
    [Theory]
    [InlineData("", DecodeStatus.Truncated)]
    [InlineData("18", DecodeStatus.Truncated)]
    [InlineData("190100", DecodeStatus.Ok)]
    [InlineData("1901", DecodeStatus.Truncated)]
    [InlineData("1817", DecodeStatus.NotDeterministic)]
    [InlineData("1900FF", DecodeStatus.NotDeterministic)]
    [InlineData("1A0000FFFF", DecodeStatus.NotDeterministic)]
    [InlineData("1B00000000FFFFFFFF", DecodeStatus.NotDeterministic)]
    [InlineData("1B7FFFFFFFFFFFFFFF", DecodeStatus.Ok)]
    [InlineData("1B8000000000000000", DecodeStatus.OutOfRange)]
    [InlineData("3B8000000000000000", DecodeStatus.OutOfRange)]
    [InlineData("1C", DecodeStatus.NotWellFormed)]
    [InlineData("1F", DecodeStatus.NotDeterministic)]
    [InlineData("40", DecodeStatus.WrongType)]
    [InlineData("F5", DecodeStatus.WrongType)]
    public void An_integer_is_refused_by_its_cause(string hex, DecodeStatus expected)
    {
        CborCursor cursor = CursorOver(hex);
        cursor.ReadInteger();

        Assert.Equal(expected, cursor.Status);
    }

    [Fact]
    public void A_negative_integer_that_is_refused_reads_as_0() => Assert.Equal(0, CursorOver("3817").ReadInteger());

    [Theory]
    [InlineData("01", DecodeStatus.OutOfRange)]
    [InlineData("02", DecodeStatus.Ok)]
    [InlineData("03", DecodeStatus.Ok)]
    [InlineData("04", DecodeStatus.OutOfRange)]
    [InlineData("21", DecodeStatus.OutOfRange)]
    public void An_integer_has_the_range_that_is_asked_for(string hex, DecodeStatus expected)
    {
        CborCursor cursor = CursorOver(hex);
        cursor.ReadInteger(2, 3);

        Assert.Equal(expected, cursor.Status);
    }

    [Theory]
    [InlineData("4101", DecodeStatus.OutOfRange)]
    [InlineData("420102", DecodeStatus.Ok)]
    [InlineData("43010203", DecodeStatus.Ok)]
    [InlineData("4401020304", DecodeStatus.OutOfRange)]
    [InlineData("4201", DecodeStatus.Truncated)]
    [InlineData("5F", DecodeStatus.NotDeterministic)]
    [InlineData("58020102", DecodeStatus.NotDeterministic)]
    [InlineData("626161", DecodeStatus.WrongType)]
    public void A_byte_string_has_a_length_in_its_range(string hex, DecodeStatus expected)
    {
        CborCursor cursor = CursorOver(hex);
        byte[] bytes = cursor.ReadBytes(2, 3);

        Assert.Equal(expected, cursor.Status);
        Assert.Equal(expected == DecodeStatus.Ok, bytes is not null);
    }

    [Theory]
    [InlineData("63616263", DecodeStatus.Ok)]
    [InlineData("6461626364", DecodeStatus.OutOfRange)]
    [InlineData("626120", DecodeStatus.Ok)]
    [InlineData("6161", DecodeStatus.Ok)]
    [InlineData("611F", DecodeStatus.InvalidText)]
    [InlineData("617F", DecodeStatus.InvalidText)]
    [InlineData("62C3A9", DecodeStatus.InvalidText)]
    [InlineData("6261", DecodeStatus.Truncated)]
    [InlineData("7F", DecodeStatus.NotDeterministic)]
    public void Text_is_printable_ascii_of_bounded_length(string hex, DecodeStatus expected)
    {
        CborCursor cursor = CursorOver(hex);
        string text = cursor.ReadAscii(3);

        Assert.Equal(expected, cursor.Status);
        Assert.Equal(expected == DecodeStatus.Ok, text is not null);
    }

    [Theory]
    [InlineData("63616263", true, DecodeStatus.Ok)]
    [InlineData("63616264", false, DecodeStatus.Ok)]
    [InlineData("626162", false, DecodeStatus.Ok)]
    [InlineData("6461626364", false, DecodeStatus.Ok)]
    [InlineData("60", false, DecodeStatus.Ok)]
    [InlineData("656162636465", false, DecodeStatus.OutOfRange)]
    [InlineData("6361621F", false, DecodeStatus.InvalidText)]
    [InlineData("636162", false, DecodeStatus.Truncated)]
    [InlineData("43616263", false, DecodeStatus.WrongType)]
    public void Text_is_compared_as_it_is_read(string hex, bool expected, DecodeStatus status)
    {
        CborCursor cursor = CursorOver(hex);

        Assert.Equal(expected, cursor.ReadIs("abc", 4));
        Assert.Equal(status, cursor.Status);
        Assert.True(status != DecodeStatus.Ok || cursor.Position == hex.Length / 2);
    }

    [Theory]
    [InlineData("00", DecodeStatus.Ok)]
    [InlineData("F4", DecodeStatus.Ok)]
    [InlineData("F6", DecodeStatus.Ok)]
    [InlineData("F7", DecodeStatus.WrongType)]
    [InlineData("F93C00", DecodeStatus.WrongType)]
    [InlineData("FF", DecodeStatus.WrongType)]
    [InlineData("A10001", DecodeStatus.Ok)]
    [InlineData("A100", DecodeStatus.Truncated)]
    [InlineData("9F00FF", DecodeStatus.NotDeterministic)]
    [InlineData("C100", DecodeStatus.Ok)]
    [InlineData("C1", DecodeStatus.Truncated)]
    [InlineData("5BFFFFFFFFFFFFFFFF", DecodeStatus.OutOfRange)]
    [InlineData("5B7FFFFFFFFFFFFFFF", DecodeStatus.Truncated)]
    [InlineData("9B7FFFFFFFFFFFFFFF", DecodeStatus.OutOfRange)]
    public void Skipping_checks_what_it_steps_over(string hex, DecodeStatus expected)
    {
        CborCursor cursor = CursorOver(hex);
        cursor.Skip();

        Assert.Equal(expected, cursor.Status);
    }

    [Theory]
    [InlineData(255, DecodeStatus.Ok)]
    [InlineData(256, DecodeStatus.TooDeep)]
    public void Skipping_stops_at_256_items(int nested, DecodeStatus expected)
    {
        byte[] bytes = [.. Enumerable.Repeat((byte)0x81, nested), 0x00];
        CborCursor cursor = new(bytes, 0, bytes.Length);
        cursor.Skip();

        Assert.Equal(expected, cursor.Status);
    }

    [Fact]
    public void The_first_cause_is_kept_and_later_reads_give_nothing()
    {
        CborCursor cursor = CursorOver("0041FF");
        cursor.ReadTag(17);
        int position = cursor.Position;

        Assert.Equal(0, cursor.ReadInteger());
        Assert.Null(cursor.ReadBytes(0, 9));
        Assert.Null(cursor.ReadAscii(9));
        Assert.Equal(0, cursor.ReadMapHead(9));
        Assert.Equal(DecodeStatus.WrongType, cursor.Status);
        Assert.Equal(position, cursor.Position);
    }

    [Fact]
    public void Another_tag_is_a_wrong_tag()
    {
        CborCursor cursor = CursorOver("D100");
        cursor.ReadTag(18);

        Assert.Equal(DecodeStatus.WrongTag, cursor.Status);
    }

    [Fact]
    public void The_end_given_to_the_constructor_is_never_passed()
    {
        CborCursor cursor = new(Convert.FromHexString("0043010203"), 1, 3);
        cursor.ReadBytes(0, 9);

        Assert.Equal(DecodeStatus.Truncated, cursor.Status);
    }

    [RequiresSharedDataFact("vectors/cbor-not-well-formed")]
    public void Rfc8949_appendix_F_nothing_that_is_not_well_formed_is_skipped()
    {
        string json = File.ReadAllText(SharedData.PathOf("vectors/cbor-not-well-formed/rfc8949_appendix_f.json"));
        foreach (JsonElement entry in JsonDocument.Parse(json).RootElement.EnumerateArray())
        {
            CborCursor cursor = CursorOver(entry.Text("hex"));
            cursor.Skip();

            Assert.True(cursor.Status != DecodeStatus.Ok, entry.GetRawText());
        }
    }

    private static CborCursor CursorOver(string hex)
    {
        byte[] bytes = Convert.FromHexString(hex);
        return new CborCursor(bytes, 0, bytes.Length);
    }
}
