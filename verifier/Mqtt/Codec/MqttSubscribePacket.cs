using System.Text;

namespace IotAttest.Mqtt;

/// <summary>SUBSCRIBE (MQTT 3.1.1 section 3.8).</summary>
internal sealed record MqttSubscribePacket(ushort PacketId, IReadOnlyList<MqttSubscription> Subscriptions)
{
    public static MqttDecodeStatus TryDecode(MqttFrame frame, int maxTopicBytes, out MqttSubscribePacket? packet)
    {
        MqttBodyReader reader = new(frame.Body);
        ushort packetId = reader.ReadPacketId();
        reader.Check(!reader.IsAtEnd, MqttDecodeStatus.NoTopicFilter);
        List<MqttSubscription> subscriptions = [];
        while (!reader.IsAtEnd)
        {
            subscriptions.Add(ReadSubscription(ref reader, maxTopicBytes));
        }

        MqttDecodeStatus status = reader.Finish();
        packet = status == MqttDecodeStatus.Ok ? new MqttSubscribePacket(packetId, subscriptions) : null;
        return status;
    }

    private static MqttSubscription ReadSubscription(ref MqttBodyReader reader, int maxTopicBytes)
    {
        string filter = Encoding.UTF8.GetString(reader.ReadTopicFilter(maxTopicBytes));
        byte options = reader.ReadByte();
        reader.Check((options & 0b1111_1100) == 0, MqttDecodeStatus.ReservedSubscriptionBits);
        reader.Check(options != 3, MqttDecodeStatus.InvalidQos);
        return new MqttSubscription(filter, (MqttQualityOfService)options);
    }
}
