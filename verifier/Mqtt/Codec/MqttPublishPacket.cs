namespace IotAttest.Mqtt;

/// <summary>PUBLISH (MQTT 3.1.1 section 3.3). Spans point into the frame: nothing is copied.</summary>
internal readonly ref struct MqttPublishPacket
{
    public ReadOnlySpan<byte> Topic { get; private init; }

    public ReadOnlySpan<byte> Payload { get; private init; }

    /// <summary>1 to 65,535; 0 at QoS 0, which has none (section 3.3.2.2).</summary>
    public ushort PacketId { get; private init; }

    public MqttQualityOfService Qos { get; private init; }

    public bool Retain { get; private init; }

    public bool Duplicate { get; private init; }

    public static MqttDecodeStatus TryDecode(MqttFrame frame, int maxTopicBytes, out MqttPublishPacket packet)
    {
        MqttQualityOfService qos = (MqttQualityOfService)((frame.Flags >> 1) & 0b11);
        MqttBodyReader reader = new(frame.Body);
        MqttPublishPacket decoded = new()
        {
            Qos = qos,
            Retain = (frame.Flags & 0b0001) != 0,
            Duplicate = (frame.Flags & 0b1000) != 0,
            Topic = reader.ReadTopicName(maxTopicBytes),
            PacketId = qos == MqttQualityOfService.AtMostOnce ? (ushort)0 : reader.ReadPacketId(),
            Payload = reader.ReadRest(),
        };
        MqttDecodeStatus status = reader.Finish();
        packet = status == MqttDecodeStatus.Ok ? decoded : default;
        return status;
    }
}
