namespace nanoFramework.M2Mqtt;

/// <summary>MQTT versions; this client speaks 3.1.1.</summary>
public enum MqttProtocolVersion
{
    Version_3_1 = 3,
    Version_3_1_1 = 4,
    Version_5 = 5,
}
