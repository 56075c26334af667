using System.Buffers;

namespace IotAttest.Mqtt.Tests;

public sealed class MqttTruncationTests
{
    public static TheoryData<string> PacketNames => [.. Packets.OneOfEach.Keys];

    [Theory]
    [MemberData(nameof(PacketNames))]
    public void Every_truncation_of_a_packet_asks_for_more(string name)
    {
        byte[] packet = Packets.OneOfEach[name];

        for (int length = 0; length < packet.Length; length++)
        {
            Assert.Equal(MqttDecodeStatus.NeedMoreData, Packets.Decode(packet[..length]));
            Assert.Equal(MqttDecodeStatus.NeedMoreData, Packets.Decode(Packets.Scattered(packet[..length])));
        }

        Assert.Equal(MqttDecodeStatus.Ok, Packets.Decode(packet));
        Assert.Equal(MqttDecodeStatus.Ok, Packets.Decode(Packets.Scattered(packet)));
    }

    [Theory]
    [MemberData(nameof(PacketNames))]
    public void A_remaining_length_that_ends_inside_a_field_is_refused(string name)
    {
        byte[] packet = Packets.OneOfEach[name];
        int headerBytes = packet[1] < 0x80 ? 2 : 3;
        byte[] body = packet[headerBytes..];

        for (int length = 0; length < body.Length; length++)
        {
            byte[] cut = WithBody(packet[0], body[..length]);
            MqttDecodeStatus status = Packets.Decode(cut);

            // Cutting only the payload of a PUBLISH, or whole entries of a list, leaves a valid packet.
            bool mayBeValid = name.StartsWith("PUBLISH", StringComparison.Ordinal) || name is "SUBSCRIBE" or "SUBACK" or "UNSUBSCRIBE";
            Assert.True(mayBeValid ? status != MqttDecodeStatus.NeedMoreData : status != MqttDecodeStatus.Ok, $"{length} bytes of body gave {status}");
        }
    }

    [Theory]
    [InlineData("CONNECT")]
    [InlineData("CONNACK")]
    [InlineData("PUBACK")]
    [InlineData("PUBREC")]
    [InlineData("PUBREL")]
    [InlineData("PUBCOMP")]
    [InlineData("UNSUBACK")]
    [InlineData("PINGREQ")]
    [InlineData("PINGRESP")]
    [InlineData("DISCONNECT")]
    public void A_byte_behind_the_last_field_is_refused(string name)
    {
        byte[] packet = Packets.OneOfEach[name];

        byte[] longer = WithBody(packet[0], [.. packet[2..], 0]);

        Assert.Equal(MqttDecodeStatus.TrailingBytes, Packets.Decode(longer));
    }

    [Fact]
    public void Packets_back_to_back_are_taken_one_by_one()
    {
        byte[] all = [.. Packets.OneOfEach.Values.SelectMany(packet => packet)];
        ReadOnlySequence<byte> rest = Packets.Scattered(all);

        int count = 0;
        while (MqttFrameReader.TryRead(ref rest, 4096, out _) == MqttDecodeStatus.Ok)
        {
            count++;
        }

        Assert.Equal(Packets.OneOfEach.Count, count);
        Assert.True(rest.IsEmpty);
    }

    private static byte[] WithBody(byte firstByte, byte[] body) =>
        Packets.Bytes(new MqttOutboundPacket(firstByte, Body: body));
}
