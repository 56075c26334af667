namespace IotAttest.Mqtt;

/// <summary>Why a connection ended. Numbers are stable: they appear in logs; new ones go to the end.</summary>
public enum MqttCloseReason
{
    /// <summary>The connection is open.</summary>
    None = 0,

    /// <summary>The peer sent DISCONNECT.</summary>
    PeerDisconnected = 1,

    /// <summary>This side asked for the end.</summary>
    LocalDisconnected = 2,

    /// <summary>The network connection broke or was closed without DISCONNECT.</summary>
    ConnectionLost = 3,

    /// <summary>The peer sent bytes that MQTT 3.1.1 forbids; a protocol violation must close the connection [MQTT-4.8.0-1].</summary>
    ProtocolError = 4,

    /// <summary>No CONNECT, or no answer to one, in time.</summary>
    ConnectTimeout = 5,

    /// <summary>Nothing arrived for 1.5 times the keep-alive [MQTT-3.1.2-24], or a PINGRESP stayed out.</summary>
    KeepAliveTimeout = 6,

    /// <summary>The peer did not take bytes for the write timeout: half-open or stalled.</summary>
    WriteTimeout = 7,

    /// <summary>The peer takes or acknowledges messages more slowly than they arise, and the bounded queue is full.</summary>
    SlowConsumer = 8,

    /// <summary>Another connection came with the same client identifier [MQTT-3.1.4-2].</summary>
    TakenOver = 9,

    /// <summary>The peer published to a topic that is not its own.</summary>
    TopicNotAllowed = 10,

    /// <summary>The application refused a message.</summary>
    MessageRefused = 11,

    /// <summary>The application's handler threw.</summary>
    HandlerFailed = 12,

    /// <summary>The CONNECT was refused with a return code other than 0.</summary>
    ConnectRefused = 13,

    /// <summary>The endpoint already serves its maximum of connections.</summary>
    TooManyConnections = 14,

    /// <summary>The host is stopping.</summary>
    ServerStopping = 15,

    /// <summary>The application aborted the session.</summary>
    Aborted = 16,
}
