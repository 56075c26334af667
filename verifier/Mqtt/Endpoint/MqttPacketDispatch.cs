namespace IotAttest.Mqtt;

/// <summary>What the endpoint does with each packet after the CONNECT.</summary>
internal sealed class MqttPacketDispatch(MqttDeviceConnection connection, InboundPublishes publishes, MqttEndpointServices services)
{
    private readonly MqttTopicCache _topics = new();

    /// <returns>False when the connection is to end; it is closed with its reason then.</returns>
    public bool Handle(MqttSession session, MqttFrame frame) => frame.Type switch
    {
        MqttPacketType.Publish => HandlePublish(session, frame),
        MqttPacketType.PublishAcknowledgement => HandlePublishAcknowledgement(session, frame),
        MqttPacketType.PublishRelease => HandlePublishRelease(frame),
        MqttPacketType.Subscribe => HandleSubscribe(session, frame),
        MqttPacketType.Unsubscribe => HandleUnsubscribe(session, frame),
        MqttPacketType.PingRequest => HandlePing(frame),
        MqttPacketType.Disconnect => HandleDisconnect(frame),

        // A second CONNECT [MQTT-3.1.0-2], the packets of a server, and PUBREC or PUBCOMP, as QoS 2 is never sent.
        _ => Refuse(MqttCloseReason.ProtocolError, ProtocolViolation.Unexpected(frame.Type)),
    };

    private bool HandlePublish(MqttSession session, MqttFrame frame)
    {
        MqttDecodeStatus status = MqttPublishPacket.TryDecode(frame, services.Options.MaxTopicBytes, out MqttPublishPacket packet);
        if (status != MqttDecodeStatus.Ok)
        {
            return Refuse(status);
        }

        string topic = _topics.Get(packet.Topic);
        if (!services.Handler.MayPublish(session, topic))
        {
            // [MQTT-3.3.5-2]: acknowledge it as if all were well, or close. Only the second tells the board that nothing was taken.
            return Refuse(MqttCloseReason.TopicNotAllowed, new InvalidDataException($"{session.ClientId} may not publish to {topic}."));
        }

        MqttMessage message = new(topic, packet.Payload.ToArray(), packet.Qos, packet.Retain, packet.Duplicate);
        return publishes.TryReceive(message, packet.PacketId)
            || Refuse(MqttCloseReason.ProtocolError, new InvalidDataException($"More than {services.Options.MaxUnreleasedPublishes} QoS 2 messages wait for PUBREL."));
    }

    private bool HandlePublishAcknowledgement(MqttSession session, MqttFrame frame)
    {
        MqttDecodeStatus status = MqttPacketId.TryDecode(frame, out ushort packetId);
        if (status == MqttDecodeStatus.Ok)
        {
            session.Acknowledge(packetId);
        }

        return status == MqttDecodeStatus.Ok || Refuse(status);
    }

    private bool HandlePublishRelease(MqttFrame frame)
    {
        MqttDecodeStatus status = MqttPacketId.TryDecode(frame, out ushort packetId);
        if (status == MqttDecodeStatus.Ok)
        {
            publishes.Release(packetId);
        }

        return status == MqttDecodeStatus.Ok || Refuse(status);
    }

    private bool HandleSubscribe(MqttSession session, MqttFrame frame)
    {
        MqttDecodeStatus status = MqttSubscribePacket.TryDecode(frame, services.Options.MaxTopicBytes, out MqttSubscribePacket? packet);
        if (packet is null)
        {
            return Refuse(status);
        }

        byte[] codes = [.. packet.Subscriptions.Select(subscription => Subscribe(session, subscription))];
        connection.Outbound.EnqueueReply(MqttOutboundPacket.SubscribeAcknowledgement(packet.PacketId, codes));
        for (int i = 0; i < codes.Length; i++)
        {
            if (codes[i] != MqttSubscribeAcknowledgement.Failure)
            {
                services.Handler.OnSubscribed(session, packet.Subscriptions[i].TopicFilter);
            }
        }

        return true;
    }

    /// <summary>The QoS granted, at most 1 as QoS 2 is never sent (section 3.8.4 allows less than asked), or 0x80.</summary>
    private byte Subscribe(MqttSession session, MqttSubscription asked)
    {
        MqttQualityOfService qos = asked.Qos == MqttQualityOfService.AtMostOnce ? asked.Qos : MqttQualityOfService.AtLeastOnce;
        bool isGranted = services.Handler.MaySubscribe(session, asked.TopicFilter)
            && session.TrySubscribe(asked with { Qos = qos }, services.Options.MaxSubscriptions);
        return isGranted ? (byte)qos : MqttSubscribeAcknowledgement.Failure;
    }

    /// <summary>UNSUBACK comes also when nothing matched [MQTT-3.10.4-5].</summary>
    private bool HandleUnsubscribe(MqttSession session, MqttFrame frame)
    {
        MqttDecodeStatus status = MqttUnsubscribePacket.TryDecode(frame, services.Options.MaxTopicBytes, out MqttUnsubscribePacket? packet);
        if (packet is null)
        {
            return Refuse(status);
        }

        foreach (string filter in packet.TopicFilters)
        {
            session.Unsubscribe(filter);
        }

        return connection.Outbound.EnqueueReply(MqttOutboundPacket.UnsubscribeAcknowledgement(packet.PacketId));
    }

    private bool HandlePing(MqttFrame frame)
    {
        MqttDecodeStatus status = MqttEmptyPacket.Check(frame);
        return status == MqttDecodeStatus.Ok ? connection.Outbound.EnqueueReply(MqttOutboundPacket.PingResponse) : Refuse(status);
    }

    private bool HandleDisconnect(MqttFrame frame)
    {
        MqttDecodeStatus status = MqttEmptyPacket.Check(frame);
        return status == MqttDecodeStatus.Ok ? Refuse(MqttCloseReason.PeerDisconnected, null) : Refuse(status);
    }

    private bool Refuse(MqttDecodeStatus status) => Refuse(MqttCloseReason.ProtocolError, ProtocolViolation.From(status));

    private bool Refuse(MqttCloseReason reason, Exception? cause)
    {
        connection.Close(reason, cause);
        return false;
    }
}
