namespace IotAttest.Mqtt;

/// <summary>One topic filter and the highest quality of service asked for or granted.</summary>
internal readonly record struct MqttSubscription(string TopicFilter, MqttQualityOfService Qos);
