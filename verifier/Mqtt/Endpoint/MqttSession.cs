using System.Net;

namespace IotAttest.Mqtt;

/// <summary>One accepted client, from its CONNECT to the end of its connection.</summary>
/// <remarks>Always a clean session: everything sent to a board (challenge, result, epoch) is worthless minutes later, so nothing is kept
/// for a board that is away, nothing is retransmitted on reconnect, and CONNACK says session present 0 (section 3.2.2.2).</remarks>
public sealed class MqttSession
{
    private readonly MqttDeviceConnection _connection;
    private readonly Lock _gate = new();
    private readonly PacketIds _unacknowledged;
    private MqttSubscription[] _subscriptions = [];

    internal MqttSession(string clientId, MqttDeviceConnection connection, int maxUnacknowledged)
    {
        ClientId = clientId;
        _connection = connection;
        _unacknowledged = new PacketIds(maxUnacknowledged);
    }

    public string ClientId { get; }

    public EndPoint? RemoteEndPoint => _connection.RemoteEndPoint;

    public bool IsTls => _connection.IsTls;

    /// <summary>For the handler; this library does not look at it.</summary>
    public object? State { get; set; }

    /// <summary>Why the session ended, or <see cref="MqttCloseReason.None"/> while it is open.</summary>
    public MqttCloseReason CloseReason => _connection.CloseReason;

    /// <summary>Queues a message for this client. Callable from any thread; never waits.</summary>
    /// <remarks>A QoS above the one granted to a matching subscription is lowered to it [MQTT-3.8.4-6].</remarks>
    /// <param name="topic">A topic name without wildcards.</param>
    /// <param name="payload">Not copied: it must not change until it is sent. Many sessions may share one array.</param>
    /// <param name="qos">0 or 1.</param>
    /// <param name="retain">True only for a message that is sent because of a new subscription [MQTT-3.3.1-8].</param>
    /// <returns>False when the session is closed, or is dropped now because the client reads or acknowledges too slowly.</returns>
    /// <exception cref="ArgumentOutOfRangeException">QoS 2: this endpoint does not send it.</exception>
    public bool TryPublish(string topic, ReadOnlyMemory<byte> payload, MqttQualityOfService qos, bool retain)
    {
        ArgumentException.ThrowIfNullOrEmpty(topic);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((int)qos, (int)MqttQualityOfService.AtLeastOnce, nameof(qos));
        MqttMessage message = new(topic, payload, Granted(topic, qos), retain);
        bool isQueued = message.Qos == MqttQualityOfService.AtMostOnce
            ? _connection.Outbound.TryEnqueuePublish(MqttOutboundPacket.Publish(message, 0))
            : TryPublishAtLeastOnce(message);
        if (!isQueued)
        {
            _connection.Close(MqttCloseReason.SlowConsumer);
        }

        return isQueued;
    }

    /// <summary>Whether a filter that the client subscribed to covers <paramref name="topic"/>.</summary>
    public bool IsSubscribed(string topic) => Find(topic) is not null;

    /// <summary>Closes the connection without a word.</summary>
    public void Abort() => _connection.Close(MqttCloseReason.Aborted);

    internal void TakeOver() => _connection.Close(MqttCloseReason.TakenOver);

    /// <summary>Adds a filter or replaces the identical one [MQTT-3.8.4-3].</summary>
    internal bool TrySubscribe(MqttSubscription subscription, int maxSubscriptions)
    {
        MqttSubscription[] others = [.. _subscriptions.Where(known => known.TopicFilter != subscription.TopicFilter)];
        bool fits = others.Length < maxSubscriptions;
        if (fits)
        {
            Volatile.Write(ref _subscriptions, [.. others, subscription]);
        }

        return fits;
    }

    internal void Unsubscribe(string topicFilter) =>
        Volatile.Write(ref _subscriptions, [.. _subscriptions.Where(known => known.TopicFilter != topicFilter)]);

    internal void Acknowledge(ushort packetId)
    {
        lock (_gate)
        {
            _unacknowledged.Return(packetId);
        }
    }

    private MqttQualityOfService Granted(string topic, MqttQualityOfService qos) =>
        Find(topic) is { } subscription && subscription.Qos < qos ? subscription.Qos : qos;

    private MqttSubscription? Find(string topic)
    {
        foreach (MqttSubscription subscription in Volatile.Read(ref _subscriptions))
        {
            if (MqttTopic.Matches(subscription.TopicFilter, topic))
            {
                return subscription;
            }
        }

        return null;
    }

    /// <summary>The identifier is taken and the packet queued as one step: identifiers go out in order.</summary>
    private bool TryPublishAtLeastOnce(MqttMessage message)
    {
        lock (_gate)
        {
            return _unacknowledged.TryTake(out ushort packetId)
                && _connection.Outbound.TryEnqueuePublish(MqttOutboundPacket.Publish(message, packetId));
        }
    }
}
