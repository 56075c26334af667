using nanoFramework.M2Mqtt.Messages;

namespace nanoFramework.M2Mqtt;

/// <summary>What the broker publishes when the connection breaks.</summary>
internal sealed record MqttWill(string Topic, string Message, MqttQoSLevel Level, bool IsRetained);
