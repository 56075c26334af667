namespace IotAttest.Mqtt;

/// <summary>Says what a peer did that MQTT 3.1.1 forbids; passed along as the cause of a close, never thrown.</summary>
internal static class ProtocolViolation
{
    public static InvalidDataException From(MqttDecodeStatus status) => new($"The peer sent a packet that was refused as {status}.");

    public static InvalidDataException Unexpected(MqttPacketType type) => new($"The peer sent {type}, which it may not send here.");
}
