namespace IotAttest.Mqtt;

/// <summary>CONNACK (MQTT 3.1.1 section 3.2).</summary>
internal readonly record struct MqttConnectAcknowledgement(bool SessionPresent, MqttConnectReturnCode ReturnCode)
{
    public static MqttDecodeStatus TryDecode(MqttFrame frame, out MqttConnectAcknowledgement packet)
    {
        MqttBodyReader reader = new(frame.Body);
        byte flags = reader.ReadByte();
        byte code = reader.ReadByte();
        packet = new MqttConnectAcknowledgement(flags == 1, (MqttConnectReturnCode)code);
        reader.Check(flags <= 1 && code <= (byte)MqttConnectReturnCode.NotAuthorized, MqttDecodeStatus.InvalidReturnCode);

        // [MQTT-3.2.2-4]: a refusal never claims a session.
        reader.Check(flags == 0 || code == 0, MqttDecodeStatus.InvalidReturnCode);
        return reader.Finish();
    }
}
