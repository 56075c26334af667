namespace IotAttest.Mqtt;

/// <summary>The answer to a CONNECT (MQTT 3.1.1 section 3.2.2.3, table 3.1). The numbers are those on the wire.</summary>
public enum MqttConnectReturnCode : byte
{
    Accepted = 0,
    UnacceptableProtocolVersion = 1,
    IdentifierRejected = 2,
    ServerUnavailable = 3,
    BadUserNameOrPassword = 4,
    NotAuthorized = 5,
}
