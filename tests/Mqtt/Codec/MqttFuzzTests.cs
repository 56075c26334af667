namespace IotAttest.Mqtt.Tests;

public sealed class MqttFuzzTests
{
    private const int Rounds = 100_000;

    [Fact]
    public void Random_bytes_give_a_status_and_never_an_exception()
    {
        Random random = new(20260311);
        HashSet<MqttDecodeStatus> seen = [];

        for (int i = 0; i < Rounds; i++)
        {
            byte[] bytes = new byte[random.Next(0, 64)];
            random.NextBytes(bytes);
            seen.Add(Packets.Decode(bytes));
        }

        Assert.All(seen, status => Assert.True(Enum.IsDefined(status)));
        Assert.Contains(MqttDecodeStatus.ReservedFlags, seen);
    }

    [Fact]
    public void Mutated_packets_give_a_status_and_never_an_exception()
    {
        Random random = new(42);
        byte[][] seeds = [.. Packets.OneOfEach.Values];
        HashSet<MqttDecodeStatus> seen = [];

        for (int i = 0; i < Rounds; i++)
        {
            byte[] bytes = [.. seeds[random.Next(seeds.Length)]];
            for (int flips = random.Next(1, 4); flips > 0; flips--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            MqttDecodeStatus whole = Packets.Decode(bytes);
            seen.Add(whole);
            Assert.Equal(whole, Packets.Decode(Packets.Scattered(bytes)));
        }

        Assert.Contains(MqttDecodeStatus.Ok, seen);
        Assert.Contains(MqttDecodeStatus.InvalidText, seen);
        Assert.Contains(MqttDecodeStatus.Truncated, seen);
    }
}
