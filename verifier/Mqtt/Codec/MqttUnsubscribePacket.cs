using System.Text;

namespace IotAttest.Mqtt;

/// <summary>UNSUBSCRIBE (MQTT 3.1.1 section 3.10).</summary>
internal sealed record MqttUnsubscribePacket(ushort PacketId, IReadOnlyList<string> TopicFilters)
{
    public static MqttDecodeStatus TryDecode(MqttFrame frame, int maxTopicBytes, out MqttUnsubscribePacket? packet)
    {
        MqttBodyReader reader = new(frame.Body);
        ushort packetId = reader.ReadPacketId();
        reader.Check(!reader.IsAtEnd, MqttDecodeStatus.NoTopicFilter);
        List<string> filters = [];
        while (!reader.IsAtEnd)
        {
            filters.Add(Encoding.UTF8.GetString(reader.ReadTopicFilter(maxTopicBytes)));
        }

        MqttDecodeStatus status = reader.Finish();
        packet = status == MqttDecodeStatus.Ok ? new MqttUnsubscribePacket(packetId, filters) : null;
        return status;
    }
}
