namespace IotAttest.Mqtt;

/// <summary>What becomes of a message once its handler is done.</summary>
public enum MqttPublishOutcome
{
    /// <summary>The message is dealt with for good: acknowledge it (PUBACK, PUBREC).</summary>
    Acknowledge = 0,

    /// <summary>The message is refused: MQTT 3.1.1 has no negative acknowledgement, so the connection is closed.</summary>
    Disconnect = 1,
}
