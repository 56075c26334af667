namespace IotAttest.Mqtt;

/// <summary>The packets that hold a packet identifier and nothing else: PUBACK, PUBREC, PUBREL, PUBCOMP, UNSUBACK (sections 3.4 to 3.7, 3.11).</summary>
internal static class MqttPacketId
{
    public static MqttDecodeStatus TryDecode(MqttFrame frame, out ushort packetId)
    {
        MqttBodyReader reader = new(frame.Body);
        packetId = reader.ReadPacketId();
        return reader.Finish();
    }
}
