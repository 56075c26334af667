namespace IotAttest.Mqtt;

/// <summary>The connection could not be made, has ended, or the server refused what was asked.</summary>
public sealed class MqttClientException : Exception
{
    public MqttClientException(string message, MqttCloseReason reason = MqttCloseReason.None, Exception? cause = null)
        : base(message, cause) => Reason = reason;

    public MqttClientException()
    {
    }

    public MqttClientException(string message)
        : base(message)
    {
    }

    public MqttClientException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Why the connection ended; None when it is still open.</summary>
    public MqttCloseReason Reason { get; }

    /// <summary>The server's answer to the CONNECT when that was a refusal, else null.</summary>
    public MqttConnectReturnCode? ReturnCode { get; init; }
}
