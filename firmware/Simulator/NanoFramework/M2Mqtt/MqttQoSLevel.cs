namespace nanoFramework.M2Mqtt.Messages;

/// <summary>Quality of service; GrantedFailure is the answer to a subscription that was denied.</summary>
public enum MqttQoSLevel
{
    AtMostOnce = 0,
    AtLeastOnce = 1,
    ExactlyOnce = 2,
    GrantedFailure = 128,
}
