namespace IotAttest.Mqtt;

/// <summary>The packets without a body: PINGREQ, PINGRESP, DISCONNECT (MQTT 3.1.1 sections 3.12 to 3.14).</summary>
internal static class MqttEmptyPacket
{
    public static MqttDecodeStatus Check(MqttFrame frame) => frame.Body.IsEmpty ? MqttDecodeStatus.Ok : MqttDecodeStatus.TrailingBytes;
}
