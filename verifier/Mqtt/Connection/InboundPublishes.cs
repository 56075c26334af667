namespace IotAttest.Mqtt;

/// <summary>The receiver's side of QoS 0, 1 and 2 (MQTT 3.1.1 section 4.3): hands messages to the application and acknowledges them
/// in the order they came [MQTT-4.6.0-2], each only after its handler is done.</summary>
/// <param name="connection">Takes the messages.</param>
/// <param name="outbound">Takes the acknowledgements.</param>
/// <param name="maxPending">Messages whose handler may be at work at the same time; then the reader pauses. QoS 0 counts too, or it would be unbounded.</param>
/// <param name="maxUnreleased">QoS 2 packet identifiers remembered until PUBREL.</param>
internal sealed class InboundPublishes(IMqttConnection connection, OutboundQueue outbound, int maxPending, int maxUnreleased)
{
    private readonly Lock _gate = new();
    private readonly Queue<PendingPublish> _pending = new();
    private readonly Stack<PendingPublish> _spare = new();
    private Dictionary<ushort, bool>? _unreleased;
    private int _count;

    public bool IsFull => Volatile.Read(ref _count) >= maxPending;

    /// <summary>Takes a message.</summary>
    /// <returns>False when the peer has more QoS 2 messages unreleased than this side remembers.</returns>
    public bool TryReceive(MqttMessage message, ushort packetId)
    {
        bool isKnown = false;
        if (message.Qos == MqttQualityOfService.ExactlyOnce && !TryRemember(packetId, out isKnown))
        {
            return false;
        }

        if (!isKnown)
        {
            Deliver(message, packetId);
        }

        return true;
    }

    /// <summary>PUBREL: forget the identifier and answer PUBCOMP, also for an unknown one, whose PUBCOMP got lost (section 4.3.3).</summary>
    public void Release(ushort packetId)
    {
        lock (_gate)
        {
            _unreleased?.Remove(packetId);
            outbound.EnqueueReply(MqttOutboundPacket.PublishComplete(packetId));
        }
    }

    internal void Finish(PendingPublish publish, Exception? failure)
    {
        bool isRefused = publish.Outcome != MqttPublishOutcome.Acknowledge;
        lock (_gate)
        {
            publish.IsDone = true;
            while (!isRefused && _pending.TryPeek(out PendingPublish? first) && first.IsDone)
            {
                isRefused = first.Outcome != MqttPublishOutcome.Acknowledge;
                Acknowledge(first);
            }
        }

        outbound.Flush();
        if (isRefused)
        {
            connection.Close(failure is null ? MqttCloseReason.MessageRefused : MqttCloseReason.HandlerFailed, failure);
        }

        connection.OnProgress();
    }

    /// <summary>Method B of figure 4.3: the identifier is stored before the message is handed on.</summary>
    private bool TryRemember(ushort packetId, out bool isKnown)
    {
        lock (_gate)
        {
            _unreleased ??= [];
            isKnown = _unreleased.TryGetValue(packetId, out bool isAcknowledged);
            if (isKnown && isAcknowledged)
            {
                // The PUBREC was lost: [MQTT-4.3.3-2] asks for it again, and the message is not delivered twice.
                outbound.EnqueueReply(MqttOutboundPacket.PublishReceived(packetId));
            }

            if (isKnown)
            {
                return true;
            }

            bool fits = _unreleased.Count < maxUnreleased;
            if (fits)
            {
                _unreleased.Add(packetId, false);
            }

            return fits;
        }
    }

    private void Deliver(MqttMessage message, ushort packetId)
    {
        ValueTask<MqttPublishOutcome> handling = Handle(message);
        PendingPublish publish;
        lock (_gate)
        {
            publish = _spare.TryPop(out PendingPublish? spare) ? spare : new PendingPublish(this);
            publish.Prepare(packetId, message.Qos);
            _pending.Enqueue(publish);
            _count++;
        }

        publish.Await(handling);
    }

    private ValueTask<MqttPublishOutcome> Handle(MqttMessage message)
    {
        try
        {
            return connection.DeliverAsync(message);
        }
        catch (Exception exception)
        {
            // Thrown before the first await: the same as a fault after it.
            return ValueTask.FromException<MqttPublishOutcome>(exception);
        }
    }

    private void Acknowledge(PendingPublish publish)
    {
        _pending.Dequeue();
        _count--;
        if (publish.Outcome == MqttPublishOutcome.Acknowledge && publish.Qos == MqttQualityOfService.AtLeastOnce)
        {
            outbound.EnqueueUnflushed(MqttOutboundPacket.PublishAcknowledgement(publish.PacketId));
        }
        else if (publish.Outcome == MqttPublishOutcome.Acknowledge && publish.Qos == MqttQualityOfService.ExactlyOnce)
        {
            AcknowledgeExactlyOnce(publish.PacketId);
        }

        _spare.Push(publish);
    }

    private void AcknowledgeExactlyOnce(ushort packetId)
    {
        if (_unreleased!.ContainsKey(packetId))
        {
            _unreleased[packetId] = true;
        }

        outbound.EnqueueUnflushed(MqttOutboundPacket.PublishReceived(packetId));
    }
}
