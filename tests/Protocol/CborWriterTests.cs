using System.Text.Json;
using IotAttest.Support;

namespace IotAttest.Protocol.Tests;

public sealed class CborWriterTests
{
    [Theory]
    [InlineData(0L, "00")]
    [InlineData(23L, "17")]
    [InlineData(24L, "1818")]
    [InlineData(255L, "18FF")]
    [InlineData(256L, "190100")]
    [InlineData(65535L, "19FFFF")]
    [InlineData(65536L, "1A00010000")]
    [InlineData(4294967295L, "1AFFFFFFFF")]
    [InlineData(4294967296L, "1B0000000100000000")]
    [InlineData(long.MaxValue, "1B7FFFFFFFFFFFFFFF")]
    [InlineData(-1L, "20")]
    [InlineData(-24L, "37")]
    [InlineData(-25L, "3818")]
    [InlineData(-256L, "38FF")]
    [InlineData(-257L, "390100")]
    [InlineData(long.MinValue, "3B7FFFFFFFFFFFFFFF")]
    public void Rfc8949_4_2_1_integers_take_the_shortest_head(long value, string expected)
    {
        CborWriter writer = new(new byte[9]);
        writer.WriteInteger(value);

        Assert.Equal(expected, Written(writer));
        Assert.Equal(value, new CborCursor(writer.Buffer, 0, writer.Length).ReadInteger());
    }

    [Fact]
    public void The_largest_unsigned_integer_is_written()
    {
        CborWriter writer = new(new byte[9]);
        writer.WriteUnsigned(ulong.MaxValue);

        Assert.Equal("1BFFFFFFFFFFFFFFFF", Written(writer));
    }

    [Theory]
    [InlineData("", "60")]
    [InlineData("a", "6161")]
    [InlineData("IETF", "6449455446")]
    [InlineData("\"\\", "62225C")]
    public void Rfc8949_appendix_A_text(string text, string expected)
    {
        CborWriter writer = new(new byte[16]);
        writer.WriteAscii(text);

        Assert.Equal(expected, Written(writer));
    }

    [Fact]
    public void Rfc8949_appendix_A_bytes_containers_tags_and_booleans()
    {
        CborWriter writer = new(new byte[32]);
        writer.WriteMapHead(1);
        writer.WriteArrayHead(2);
        writer.WriteTag(61);
        writer.WriteBytes([9, 1, 2, 3, 4, 9], 1, 4);
        writer.WriteBoolean(true);
        writer.WriteBoolean(false);

        Assert.Equal("A182D83D4401020304F5F4", Written(writer));
    }

    [RequiresSharedDataFact("vectors/cbor-appendix-a")]
    public void Rfc8949_appendix_A_every_integer_and_ascii_text()
    {
        string json = File.ReadAllText(SharedData.PathOf("vectors/cbor-appendix-a/appendix_a.json"));
        int seen = 0;
        foreach (JsonElement entry in JsonDocument.Parse(json).RootElement.EnumerateArray())
        {
            seen += RoundTrips(entry) ? 1 : 0;
        }

        Assert.True(seen >= 18, $"{seen} entries of Appendix A were tried, at least 18 expected");
    }

    [Theory]
    [InlineData(8, true)]
    [InlineData(9, false)]
    public void Overflow_is_sticky_and_reset_clears_it(int room, bool isOverflown)
    {
        CborWriter writer = new(new byte[room]);
        writer.WriteUnsigned(ulong.MaxValue);
        writer.WriteUnsigned(room == 8 ? 0u : 1u);

        Assert.True(writer.IsOverflown);
        Assert.Equal(isOverflown ? 0 : 9, writer.Length);

        writer.Reset();
        writer.WriteUnsigned(1);
        Assert.False(writer.IsOverflown);
        Assert.Equal("01", Written(writer));
    }

    [Theory]
    [InlineData("\u001f")]
    [InlineData("\u007f")]
    [InlineData("\u00e9")]
    public void Text_that_is_not_printable_ascii_overflows(string text)
    {
        CborWriter writer = new(new byte[16]);
        writer.WriteAscii(text);
        writer.WriteUnsigned(0);

        Assert.True(writer.IsOverflown);
    }

    private static bool RoundTrips(JsonElement entry)
    {
        if (!entry.GetProperty("roundtrip").GetBoolean() || !entry.TryGetProperty("decoded", out JsonElement decoded))
        {
            return false;
        }

        CborWriter writer = new(new byte[64]);
        if (decoded.ValueKind == JsonValueKind.Number && decoded.TryGetInt64(out long value) && !decoded.GetRawText().Contains('.'))
        {
            writer.WriteInteger(value);
        }
        else if (decoded.ValueKind == JsonValueKind.String && decoded.GetString()!.All(character => character is >= ' ' and <= '~'))
        {
            writer.WriteAscii(decoded.GetString());
        }
        else
        {
            return false;
        }

        byte[] expected = Convert.FromHexString(entry.Text("hex"));
        bool isIntegerOrText = expected[0] >> 5 is 0 or 1 or 3;
        Assert.True(!isIntegerOrText || writer.Buffer.AsSpan(0, writer.Length).SequenceEqual(expected), entry.GetRawText());
        return isIntegerOrText;
    }

    private static string Written(CborWriter writer) => Convert.ToHexString(writer.Buffer, 0, writer.Length);
}
