namespace IotAttest.Mqtt;

/// <summary>What the first packet of a connection was: a CONNECT, or a reason to refuse with or without a CONNACK.</summary>
internal sealed record MqttConnectOutcome(
    MqttConnectPacket? Packet, MqttConnectReturnCode ReturnCode, MqttCloseReason CloseReason, Exception? Cause = null);
