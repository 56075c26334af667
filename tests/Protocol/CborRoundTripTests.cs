namespace IotAttest.Protocol.Tests;

public sealed class CborRoundTripTests
{
    private const int Seed = 20261122;
    private const int Rounds = 10_000;

    [Fact]
    public void What_the_writer_writes_the_cursor_reads()
    {
        Random random = new(Seed);
        byte[] buffer = new byte[512];
        for (int round = 0; round < Rounds; round++)
        {
            long number = random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
            byte[] bytes = new byte[random.Next(300)];
            random.NextBytes(bytes);
            string text = new([.. Enumerable.Range(0, random.Next(64)).Select(_ => (char)random.Next(' ', '~' + 1))]);
            CborWriter writer = Write(buffer, number, bytes, text);

            CborCursor cursor = new(buffer, 0, writer.Length);

            Assert.False(writer.IsOverflown);
            Assert.Equal(3, cursor.ReadArrayHead(3));
            Assert.Equal(number, cursor.ReadInteger());
            Assert.Equal(bytes, cursor.ReadBytes(0, 300));
            Assert.True(cursor.IsAtText());
            Assert.Equal(text, cursor.ReadAscii(64));
            Assert.Equal(DecodeStatus.Ok, cursor.Status);
            Assert.Equal(writer.Length, cursor.Position);
        }
    }

    [Fact]
    public void Random_bytes_never_throw_and_never_read_past_the_end()
    {
        Random random = new(Seed);
        for (int round = 0; round < Rounds; round++)
        {
            byte[] bytes = new byte[random.Next(1, 64)];
            random.NextBytes(bytes);
            CborCursor cursor = new(bytes, 0, bytes.Length);
            cursor.Skip();

            Assert.InRange(cursor.Position, 0, bytes.Length);
        }
    }

    private static CborWriter Write(byte[] buffer, long number, byte[] bytes, string text)
    {
        CborWriter writer = new(buffer);
        writer.WriteArrayHead(3);
        writer.WriteInteger(number);
        writer.WriteBytes(bytes);
        writer.WriteAscii(text);
        return writer;
    }
}
