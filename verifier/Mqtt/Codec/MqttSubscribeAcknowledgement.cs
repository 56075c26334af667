namespace IotAttest.Mqtt;

/// <summary>SUBACK (MQTT 3.1.1 section 3.9): one return code for each topic filter, in the same order [MQTT-3.9.3-1].</summary>
internal sealed record MqttSubscribeAcknowledgement(ushort PacketId, byte[] ReturnCodes)
{
    public const byte Failure = 0x80;

    public static MqttDecodeStatus TryDecode(MqttFrame frame, out MqttSubscribeAcknowledgement? packet)
    {
        MqttBodyReader reader = new(frame.Body);
        ushort packetId = reader.ReadPacketId();
        ReadOnlySpan<byte> codes = reader.ReadRest();
        reader.Check(!codes.IsEmpty, MqttDecodeStatus.Truncated);
        foreach (byte code in codes)
        {
            reader.Check(code is <= 2 or Failure, MqttDecodeStatus.InvalidReturnCode);
        }

        MqttDecodeStatus status = reader.Finish();
        packet = status == MqttDecodeStatus.Ok ? new MqttSubscribeAcknowledgement(packetId, codes.ToArray()) : null;
        return status;
    }
}
