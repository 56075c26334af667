namespace IotAttest.Mqtt;

/// <summary>One application message as it arrived.</summary>
/// <param name="Topic">The topic name: valid UTF-8, no U+0000, no wildcards, at least one character.</param>
/// <param name="Payload">The payload in an array of its own: valid for as long as it is referenced.</param>
/// <param name="Qos">The quality of service it was sent with.</param>
/// <param name="Retain">The RETAIN bit as received (section 3.3.1.3).</param>
/// <param name="Duplicate">The DUP bit as received: true says that the sender may have sent it before (section 3.3.1.1).</param>
public readonly record struct MqttMessage(
    string Topic, ReadOnlyMemory<byte> Payload, MqttQualityOfService Qos, bool Retain = false, bool Duplicate = false);
