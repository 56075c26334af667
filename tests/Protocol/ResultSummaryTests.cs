namespace IotAttest.Protocol.Tests;

public sealed class ResultSummaryTests
{
    private static readonly byte[] Nonce = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Fact]
    public void A_result_gives_status_conformity_and_nonce()
    {
        byte[] result = Result("Conformant");

        DecodeStatus status = ResultSummary.TryRead(result, 0, result.Length, out ResultSummary? summary);

        Assert.Equal(DecodeStatus.Ok, status);
        Assert.Equal(EarLabel.Affirming, summary.Status);
        Assert.Equal("Conformant", summary.Conformity);
        Assert.Equal(Nonce, summary.Nonce);
    }

    [Fact]
    public void Every_truncation_is_refused_without_a_summary()
    {
        byte[] result = Result("Conformant");
        int payloadEnd = result.Length - CoseLabel.Es256Bytes - 2;
        for (int length = 0; length < payloadEnd; length++)
        {
            DecodeStatus status = ResultSummary.TryRead(result[..length], 0, length, out ResultSummary? summary);

            Assert.Equal(DecodeStatus.Truncated, status);
            Assert.Null(summary);
        }
    }

    [Fact]
    public void Garbage_never_throws_and_never_gives_half_a_summary()
    {
        Random random = new(20261122);
        byte[] result = Result("Drifted");
        for (int round = 0; round < 10_000; round++)
        {
            byte[] garbage = [.. result];
            garbage[random.Next(garbage.Length)] ^= (byte)random.Next(1, 256);
            garbage[random.Next(garbage.Length)] = (byte)random.Next(256);

            DecodeStatus status = ResultSummary.TryRead(garbage, 0, garbage.Length, out ResultSummary? summary);

            Assert.Equal(status == DecodeStatus.Ok, summary is not null);
        }
    }

    [Theory]
    [InlineData(4096, DecodeStatus.WrongType)]
    [InlineData(4097, DecodeStatus.TooLarge)]
    public void A_result_is_at_most_4096_bytes(int length, DecodeStatus expected) =>
        Assert.Equal(expected, ResultSummary.TryRead(new byte[length], 0, length, out _));

    [Theory]
    [InlineData(64, DecodeStatus.Ok)]
    [InlineData(65, DecodeStatus.OutOfRange)]
    public void The_conformity_word_is_at_most_64_bytes(int length, DecodeStatus expected)
    {
        byte[] result = Result(new string('a', length));

        Assert.Equal(expected, ResultSummary.TryRead(result, 0, result.Length, out _));
    }

    [Fact]
    public void A_message_of_another_kind_is_refused()
    {
        byte[] evidence = EvidenceVectors.Bytes("mac0-inventory");

        Assert.Equal(DecodeStatus.WrongTag, ResultSummary.TryRead(evidence, 0, evidence.Length, out _));
    }

    [Fact]
    public void A_status_beyond_32_bits_is_refused()
    {
        byte[] result = Result("Conformant", status: 4294967298);

        Assert.Equal(DecodeStatus.OutOfRange, ResultSummary.TryRead(result, 0, result.Length, out ResultSummary? summary));
        Assert.Null(summary);
    }

    private static byte[] Result(string conformity, long status = EarLabel.Affirming)
    {
        CborWriter claims = new(new byte[512]);
        claims.WriteMapHead(3);
        claims.WriteUnsigned(6);
        claims.WriteInteger(1795348800);
        claims.WriteUnsigned(EarLabel.Submodules);
        WriteSubmodule(claims, conformity);
        claims.WriteUnsigned(EarLabel.Status);
        claims.WriteInteger(status);
        CborWriter message = new(new byte[1024]);
        message.WriteTag(CoseLabel.Sign1Tag);
        message.WriteArrayHead(4);
        message.WriteBytes([0xA0]);
        message.WriteMapHead(0);
        message.WriteBytes(claims.Buffer, 0, claims.Length);
        message.WriteBytes(new byte[CoseLabel.Es256Bytes]);
        Assert.False(claims.IsOverflown || message.IsOverflown);
        return message.Buffer[..message.Length];
    }

    private static void WriteSubmodule(CborWriter claims, string conformity)
    {
        claims.WriteMapHead(1);
        claims.WriteAscii(EarLabel.Firmware);
        claims.WriteMapHead(3);
        claims.WriteUnsigned(EatClaim.Nonce);
        claims.WriteBytes(Nonce);
        claims.WriteUnsigned(EarLabel.TrustVector);
        claims.WriteMapHead(1);
        claims.WriteUnsigned(2);
        claims.WriteInteger(2);
        claims.WriteInteger(EarLabel.IotAttest);
        claims.WriteMapHead(2);
        claims.WriteAscii("conformity");
        claims.WriteAscii(conformity);
        claims.WriteAscii("drift");
        claims.WriteArrayHead(0);
    }
}
