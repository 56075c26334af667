namespace IotAttest.Mqtt;

/// <summary>Why bytes were taken or refused. Numbers are stable: they appear in logs; new ones go to the end.</summary>
public enum MqttDecodeStatus
{
    /// <summary>A whole, valid packet.</summary>
    Ok = 0,

    /// <summary>The packet is not complete yet; nothing is wrong so far.</summary>
    NeedMoreData = 1,

    /// <summary>Packet type 0 or 15 (section 2.2.1).</summary>
    ReservedPacketType = 2,

    /// <summary>The low four bits of the first byte differ from table 2.2 [MQTT-2.2.2-2].</summary>
    ReservedFlags = 3,

    /// <summary>The remaining length runs over four bytes (section 2.2.3).</summary>
    MalformedRemainingLength = 4,

    /// <summary>The packet is longer than this side accepts.</summary>
    PacketTooLarge = 5,

    /// <summary>A field runs past the end of the packet.</summary>
    Truncated = 6,

    /// <summary>Bytes follow the last field.</summary>
    TrailingBytes = 7,

    /// <summary>Text is not well-formed UTF-8 or contains U+0000 [MQTT-1.5.3-1], [MQTT-1.5.3-2].</summary>
    InvalidText = 8,

    /// <summary>A topic name is empty or contains a wildcard [MQTT-4.7.3-1], [MQTT-3.3.2-2].</summary>
    InvalidTopicName = 9,

    /// <summary>A topic filter is empty or misplaces a wildcard [MQTT-4.7.1-2], [MQTT-4.7.1-3].</summary>
    InvalidTopicFilter = 10,

    /// <summary>A topic name or filter is longer than this side accepts.</summary>
    TopicTooLong = 11,

    /// <summary>Packet identifier 0 [MQTT-2.3.1-1].</summary>
    ZeroPacketId = 12,

    /// <summary>QoS 3 [MQTT-3.3.1-4], [MQTT-3.1.2-14], [MQTT-3-8.3-4].</summary>
    InvalidQos = 13,

    /// <summary>DUP set on a QoS 0 PUBLISH [MQTT-3.3.1-2].</summary>
    DuplicateAtQos0 = 14,

    /// <summary>The protocol name is not "MQTT" [MQTT-3.1.2-1].</summary>
    UnknownProtocolName = 15,

    /// <summary>The protocol level is not 4 [MQTT-3.1.2-2].</summary>
    UnacceptableProtocolLevel = 16,

    /// <summary>The reserved connect flag is set [MQTT-3.1.2-3].</summary>
    ReservedConnectFlag = 17,

    /// <summary>Will QoS or will retain without a will [MQTT-3.1.2-11], [MQTT-3.1.2-13], [MQTT-3.1.2-15].</summary>
    InconsistentWillFlags = 18,

    /// <summary>A password without a user name [MQTT-3.1.2-22].</summary>
    PasswordWithoutUserName = 19,

    /// <summary>SUBSCRIBE or UNSUBSCRIBE without a topic filter [MQTT-3.8.3-3], [MQTT-3.10.3-2].</summary>
    NoTopicFilter = 20,

    /// <summary>A reserved return code or acknowledge flag [MQTT-3.9.3-2], sections 3.2.2.1 and 3.2.2.3.</summary>
    InvalidReturnCode = 21,

    /// <summary>A reserved bit in the requested QoS of a SUBSCRIBE [MQTT-3-8.3-4].</summary>
    ReservedSubscriptionBits = 22,
}
