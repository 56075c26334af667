using System;

namespace nanoFramework.M2Mqtt.Exceptions;

/// <summary>The connection broke, or no answer came in time.</summary>
public class MqttCommunicationException : Exception
{
    public MqttCommunicationException()
    {
    }

    public MqttCommunicationException(Exception e)
        : base(string.Empty, e)
    {
    }
}
