namespace IotAttest.Mqtt;

/// <summary>Why a client connection ended, and the error behind it if there was one.</summary>
public sealed record MqttClosed(MqttCloseReason Reason, Exception? Cause);
