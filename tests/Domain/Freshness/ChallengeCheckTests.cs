using System.Text.Json;
using IotAttest.Domain.Evidence;
using IotAttest.Domain.Freshness;
using IotAttest.Support;

namespace IotAttest.Domain.Tests.Freshness;

public sealed class ChallengeCheckTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Ueid = [0x01, .. Enumerable.Range(0x10, 16).Select(value => (byte)value)];
    private static readonly byte[] OtherUeid = [0x01, .. Enumerable.Range(0x20, 16).Select(value => (byte)value)];
    private static readonly ChallengeKey Key = new(7, [.. Enumerable.Range(0, 32).Select(value => (byte)value)]);

    [Theory]
    [InlineData(0, null)]
    [InlineData(60_000, null)]
    [InlineData(60_001, RefusalCode.NonceNotFresh)]
    [InlineData(61_000, RefusalCode.NonceNotFresh)]
    [InlineData(-2_000, null)]
    [InlineData(-2_001, RefusalCode.NonceNotFresh)]
    public void Design_4_a_challenge_holds_for_60_seconds_and_2_seconds_ahead(int ageMs, RefusalCode? expected)
    {
        byte[] challenge = Key.Mint(Ueid, Noon);

        Refusal? refusal = ChallengeCheck.Check([Key], challenge, Ueid, Noon.AddMilliseconds(ageMs), out FreshnessStamp stamp);

        Assert.Equal(expected, refusal?.Code);
        Assert.Equal(new FreshnessStamp(7, Noon.ToUnixTimeMilliseconds()), stamp);
    }

    [Fact]
    public void A_challenge_of_another_board_is_refused()
    {
        byte[] challenge = Key.Mint(OtherUeid, Noon);

        Assert.Equal(RefusalCode.NonceNotFresh, ChallengeCheck.Check([Key], challenge, Ueid, Noon, out _)?.Code);
    }

    [Fact]
    public void A_challenge_of_a_rotated_key_is_refused()
    {
        byte[] challenge = new ChallengeKey(6, new byte[32]).Mint(Ueid, Noon);

        Assert.Equal(RefusalCode.NonceNotFresh, ChallengeCheck.Check([Key], challenge, Ueid, Noon, out _)?.Code);
    }

    [Fact]
    public void Every_flipped_bit_is_noticed()
    {
        byte[] challenge = Key.Mint(Ueid, Noon);

        for (int bit = 0; bit < challenge.Length * 8; bit++)
        {
            byte[] flipped = [.. challenge];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotNull(ChallengeCheck.Check([Key], flipped, Ueid, Noon, out _));
        }
    }

    [Fact]
    public void Challenges_of_one_moment_differ()
    {
        HashSet<string> seen = [.. Enumerable.Range(0, 10_000).Select(_ => Convert.ToHexString(Key.Mint(Ueid, Noon)))];

        Assert.Equal(10_000, seen.Count);
    }

    [Fact]
    public void The_vectors_are_recognised()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(SharedData.OwnVector("challenge/challenges.json")));
        ChallengeKey key = new(1, Convert.FromHexString(document.RootElement.GetProperty("key").GetString()!));

        foreach (JsonElement right in document.RootElement.GetProperty("right").EnumerateArray())
        {
            Assert.True(key.Made(Bytes(right, "challenge"), Bytes(right, "ueid")), right.GetProperty("name").GetString());
        }

        foreach (JsonElement wrong in document.RootElement.GetProperty("wrong").EnumerateArray())
        {
            byte[] challenge = Bytes(wrong, "challenge");
            Assert.False(challenge.Length == 32 && key.Made(challenge, Bytes(wrong, "ueid")), wrong.GetProperty("name").GetString());
        }
    }

    private static byte[] Bytes(JsonElement element, string member) => Convert.FromHexString(element.GetProperty(member).GetString()!);
}
