using System.Text;

namespace IotAttest.Mqtt.Tests;

public sealed class MqttRoundTripTests
{
    [Fact]
    public void A_connect_comes_back_as_it_went()
    {
        MqttDecodeStatus status = MqttConnectPacket.TryDecode(Packets.Frame(Packets.OneOfEach["CONNECT"]), 128, out MqttConnectPacket? packet);

        Assert.Equal(MqttDecodeStatus.Ok, status);
        Assert.Equal("board", packet!.ClientId);
        Assert.True(packet.CleanSession);
        Assert.Equal(60, packet.KeepAliveSeconds);
        Assert.Equal("user", packet.UserName);
        Assert.Equal([1, 0, 255], packet.Password);
        Assert.Equal("will/topic", packet.Will!.Value.Topic);
        Assert.Equal([7, 8], packet.Will.Value.Payload.ToArray());
        Assert.Equal(MqttQualityOfService.AtLeastOnce, packet.Will.Value.Qos);
        Assert.True(packet.Will.Value.Retain);
    }

    [Fact]
    public void A_publish_comes_back_as_it_went()
    {
        MqttDecodeStatus status = MqttPublishPacket.TryDecode(Packets.Frame(Packets.OneOfEach["PUBLISH2"]), 128, out MqttPublishPacket packet);

        Assert.Equal(MqttDecodeStatus.Ok, status);
        Assert.Equal("a/ü", Encoding.UTF8.GetString(packet.Topic));
        Assert.Equal(1, packet.Payload.Length);
        Assert.Equal(65535, packet.PacketId);
        Assert.Equal(MqttQualityOfService.ExactlyOnce, packet.Qos);
        Assert.True(packet.Duplicate);
        Assert.False(packet.Retain);
    }

    [Fact]
    public void A_subscribe_and_its_answer_come_back_as_they_went()
    {
        MqttSubscribePacket.TryDecode(Packets.Frame(Packets.OneOfEach["SUBSCRIBE"]), 128, out MqttSubscribePacket? subscribe);
        MqttSubscribeAcknowledgement.TryDecode(Packets.Frame(Packets.OneOfEach["SUBACK"]), out MqttSubscribeAcknowledgement? answer);
        MqttUnsubscribePacket.TryDecode(Packets.Frame(Packets.OneOfEach["UNSUBSCRIBE"]), 128, out MqttUnsubscribePacket? unsubscribe);

        Assert.Equal(5, subscribe!.PacketId);
        Assert.Equal([new("a/#", MqttQualityOfService.ExactlyOnce), new("+/b", MqttQualityOfService.AtMostOnce)], subscribe.Subscriptions);
        Assert.Equal(6, answer!.PacketId);
        Assert.Equal([0, 1, 2, 0x80], answer.ReturnCodes);
        Assert.Equal(["a/#", "b"], unsubscribe!.TopicFilters);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(127 - 3, 1)]
    [InlineData(128 - 3, 2)]
    [InlineData(16_383 - 3, 2)]
    [InlineData(16_384 - 3, 3)]
    [InlineData(2_097_151 - 3, 3)]
    [InlineData(2_097_152 - 3, 4)]
    public void Section_2_2_3_the_remaining_length_grows_at_the_limits_of_table_2_4(int payloadBytes, int lengthBytes)
    {
        byte[] packet = Packets.Bytes(MqttOutboundPacket.Publish(new("a", new byte[payloadBytes], MqttQualityOfService.AtMostOnce), 0));

        Assert.Equal(1 + lengthBytes + 3 + payloadBytes, packet.Length);
        Assert.Equal(MqttDecodeStatus.Ok, Packets.Decode(packet, maxPacketBytes: packet.Length));
        Assert.Equal(MqttDecodeStatus.PacketTooLarge, Packets.Decode(packet, maxPacketBytes: packet.Length - 1));
    }

    [Fact]
    public void Packet_identifiers_are_not_given_out_twice_and_skip_zero()
    {
        PacketIds ids = new(maxInUse: ushort.MaxValue);
        HashSet<ushort> taken = [];

        while (ids.TryTake(out ushort id))
        {
            Assert.True(id != 0 && taken.Add(id));
        }

        Assert.Equal(ushort.MaxValue, taken.Count);
        ids.Return(500);
        Assert.True(ids.TryTake(out ushort again));
        Assert.Equal(500, again);
    }
}
