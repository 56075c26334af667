namespace IotAttest.Mqtt;

/// <summary>The application behind <see cref="MqttDeviceEndpoint"/>. Every member may be called for many sessions at the same time;
/// for one session calls come one after another, except that several <see cref="OnPublishAsync"/> may be pending.</summary>
/// <remarks>Calls come on threads that wait for sockets: a member that blocks holds up other connections. What takes long, or reads a database, belongs behind an await.</remarks>
public interface IMqttDeviceHandler
{
    /// <summary>Decides about a CONNECT. The connect timeout runs meanwhile and cancels <paramref name="cancellation"/>, as does a closed connection.</summary>
    ValueTask<MqttConnectReturnCode> AuthenticateAsync(MqttConnectRequest request, CancellationToken cancellation);

    /// <summary>Whether the session may publish to a topic. If not, the connection is closed: 3.1.1 has no negative acknowledgement [MQTT-3.3.5-2].</summary>
    bool MayPublish(MqttSession session, string topic);

    /// <summary>Whether the session may subscribe to a filter, which may hold wildcards. If not, the SUBACK says 0x80.</summary>
    bool MaySubscribe(MqttSession session, string topicFilter);

    /// <summary>Called for each granted filter once the SUBACK is queued: what is published from here arrives after it.</summary>
    void OnSubscribed(MqttSession session, string topicFilter);

    /// <summary>Takes a message. The acknowledgement leaves after the task is complete, in the order of the messages. A fault closes the connection.</summary>
    ValueTask<MqttPublishOutcome> OnPublishAsync(MqttSession session, MqttMessage message);

    /// <summary>Called once for each accepted session, after its connection ended; messages may still be pending.</summary>
    void OnDisconnected(MqttSession session);
}
