namespace IotAttest.Mqtt;

/// <summary>How often a message may arrive (MQTT 3.1.1 section 4.3). The numbers are those on the wire.</summary>
public enum MqttQualityOfService : byte
{
    /// <summary>QoS 0: never acknowledged; lost with the connection.</summary>
    AtMostOnce = 0,

    /// <summary>QoS 1: acknowledged with PUBACK; may arrive more than once.</summary>
    AtLeastOnce = 1,

    /// <summary>QoS 2: PUBREC, PUBREL, PUBCOMP.</summary>
    ExactlyOnce = 2,
}
