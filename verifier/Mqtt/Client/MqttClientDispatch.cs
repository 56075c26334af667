namespace IotAttest.Mqtt;

/// <summary>What the client does with each packet.</summary>
internal sealed class MqttClientDispatch(
    IMqttConnection connection,
    OutboundQueue outbound,
    InboundPublishes publishes,
    PendingAcknowledgements pending,
    TaskCompletionSource<MqttConnectAcknowledgement> connected)
{
    private readonly MqttTopicCache _topics = new();

    /// <returns>False when the connection is to end; it is closed with its reason then.</returns>
    public bool Handle(MqttFrame frame)
    {
        MqttDecodeStatus status = frame.Type switch
        {
            MqttPacketType.ConnectAcknowledgement => HandleConnectAcknowledgement(frame),
            _ when !connected.Task.IsCompleted => Unexpected(frame),
            MqttPacketType.Publish => HandlePublish(frame),
            MqttPacketType.PublishReceived => HandlePublishReceived(frame),
            MqttPacketType.PublishRelease => HandlePublishRelease(frame),
            MqttPacketType.SubscribeAcknowledgement => HandleSubscribeAcknowledgement(frame),
            MqttPacketType.PublishAcknowledgement or MqttPacketType.PublishComplete or MqttPacketType.UnsubscribeAcknowledgement => HandleAcknowledgement(frame),
            MqttPacketType.PingResponse => MqttEmptyPacket.Check(frame),
            _ => Unexpected(frame),
        };
        if (status != MqttDecodeStatus.Ok)
        {
            connection.Close(MqttCloseReason.ProtocolError, ProtocolViolation.From(status));
        }

        return !connection.IsClosed;
    }

    private MqttDecodeStatus Unexpected(MqttFrame frame)
    {
        connection.Close(MqttCloseReason.ProtocolError, ProtocolViolation.Unexpected(frame.Type));
        return MqttDecodeStatus.Ok;
    }

    private MqttDecodeStatus HandleConnectAcknowledgement(MqttFrame frame)
    {
        MqttDecodeStatus status = MqttConnectAcknowledgement.TryDecode(frame, out MqttConnectAcknowledgement answer);
        return status == MqttDecodeStatus.Ok && !connected.TrySetResult(answer) ? Unexpected(frame) : status;
    }

    private MqttDecodeStatus HandlePublish(MqttFrame frame)
    {
        MqttDecodeStatus status = MqttPublishPacket.TryDecode(frame, ushort.MaxValue, out MqttPublishPacket packet);
        if (status == MqttDecodeStatus.Ok)
        {
            MqttMessage message = new(_topics.Get(packet.Topic), packet.Payload.ToArray(), packet.Qos, packet.Retain, packet.Duplicate);
            publishes.TryReceive(message, packet.PacketId);
        }

        return status;
    }

    private MqttDecodeStatus HandlePublishReceived(MqttFrame frame)
    {
        MqttDecodeStatus status = MqttPacketId.TryDecode(frame, out ushort packetId);
        if (status == MqttDecodeStatus.Ok)
        {
            // An identifier nobody waits for is released too, or the server would keep it for ever.
            pending.Advance(packetId, MqttPacketType.PublishReceived, MqttPacketType.PublishComplete);
            outbound.EnqueueReply(MqttOutboundPacket.PublishRelease(packetId));
        }

        return status;
    }

    private MqttDecodeStatus HandlePublishRelease(MqttFrame frame)
    {
        MqttDecodeStatus status = MqttPacketId.TryDecode(frame, out ushort packetId);
        if (status == MqttDecodeStatus.Ok)
        {
            publishes.Release(packetId);
        }

        return status;
    }

    private MqttDecodeStatus HandleSubscribeAcknowledgement(MqttFrame frame)
    {
        MqttDecodeStatus status = MqttSubscribeAcknowledgement.TryDecode(frame, out MqttSubscribeAcknowledgement? packet);
        if (packet is not null)
        {
            pending.Complete(packet.PacketId, frame.Type, packet.ReturnCodes);
        }

        return status;
    }

    private MqttDecodeStatus HandleAcknowledgement(MqttFrame frame)
    {
        MqttDecodeStatus status = MqttPacketId.TryDecode(frame, out ushort packetId);
        if (status == MqttDecodeStatus.Ok)
        {
            pending.Complete(packetId, frame.Type, []);
        }

        return status;
    }
}
