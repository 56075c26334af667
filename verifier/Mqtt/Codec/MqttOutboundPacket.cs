using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace IotAttest.Mqtt;

/// <summary>A control packet to be written. All 14 types are: first byte, remaining length, [topic], [packet identifier], body.</summary>
/// <param name="FirstByte">Type and flags (MQTT 3.1.1 section 2.2).</param>
/// <param name="PacketId">1 to 65,535, or 0 for a packet without one.</param>
/// <param name="Topic">The topic of a PUBLISH, else null.</param>
/// <param name="Body">What follows the packet identifier; not copied, so it must not change until it is written.</param>
internal readonly record struct MqttOutboundPacket(byte FirstByte, ushort PacketId = 0, string? Topic = null, ReadOnlyMemory<byte> Body = default)
{
    private const int MaxFixedHeaderBytes = 5;
    private const int MaxRemainingLength = 268_435_455;
    private const int RequiredFlags = 0b0010;

    public static readonly MqttOutboundPacket PingRequest = new(First(MqttPacketType.PingRequest));
    public static readonly MqttOutboundPacket PingResponse = new(First(MqttPacketType.PingResponse));
    public static readonly MqttOutboundPacket Disconnect = new(First(MqttPacketType.Disconnect));

    public bool IsPublish => Topic is not null;

    public static MqttOutboundPacket Connect(MqttConnectPacket connect) =>
        new(First(MqttPacketType.Connect), Body: MqttConnectBody.Encode(connect));

    public static MqttOutboundPacket ConnectAcknowledgement(bool sessionPresent, MqttConnectReturnCode code) =>
        new(First(MqttPacketType.ConnectAcknowledgement), Body: new byte[] { sessionPresent ? (byte)1 : (byte)0, (byte)code });

    public static MqttOutboundPacket Publish(MqttMessage message, ushort packetId)
    {
        int flags = (message.Duplicate ? 0b1000 : 0) | ((int)message.Qos << 1) | (message.Retain ? 1 : 0);
        return new MqttOutboundPacket(First(MqttPacketType.Publish, flags), packetId, message.Topic, message.Payload);
    }

    public static MqttOutboundPacket PublishAcknowledgement(ushort packetId) => new(First(MqttPacketType.PublishAcknowledgement), packetId);

    public static MqttOutboundPacket PublishReceived(ushort packetId) => new(First(MqttPacketType.PublishReceived), packetId);

    public static MqttOutboundPacket PublishRelease(ushort packetId) => new(First(MqttPacketType.PublishRelease, RequiredFlags), packetId);

    public static MqttOutboundPacket PublishComplete(ushort packetId) => new(First(MqttPacketType.PublishComplete), packetId);

    public static MqttOutboundPacket Subscribe(ushort packetId, IEnumerable<MqttSubscription> subscriptions)
    {
        ArrayBufferWriter<byte> body = new();
        foreach (MqttSubscription subscription in subscriptions)
        {
            body.WriteMqttText(subscription.TopicFilter);
            body.Write((ReadOnlySpan<byte>)[(byte)subscription.Qos]);
        }

        return new MqttOutboundPacket(First(MqttPacketType.Subscribe, RequiredFlags), packetId, Body: body.WrittenMemory);
    }

    public static MqttOutboundPacket SubscribeAcknowledgement(ushort packetId, byte[] returnCodes) =>
        new(First(MqttPacketType.SubscribeAcknowledgement), packetId, Body: returnCodes);

    public static MqttOutboundPacket Unsubscribe(ushort packetId, IEnumerable<string> filters)
    {
        ArrayBufferWriter<byte> body = new();
        foreach (string filter in filters)
        {
            body.WriteMqttText(filter);
        }

        return new MqttOutboundPacket(First(MqttPacketType.Unsubscribe, RequiredFlags), packetId, Body: body.WrittenMemory);
    }

    public static MqttOutboundPacket UnsubscribeAcknowledgement(ushort packetId) => new(First(MqttPacketType.UnsubscribeAcknowledgement), packetId);

    /// <summary>Writes the packet straight into <paramref name="output"/>.</summary>
    /// <exception cref="InvalidOperationException">The packet is longer than MQTT allows: the caller did not check its payload.</exception>
    public void WriteTo(IBufferWriter<byte> output)
    {
        int topicBytes = Topic is null ? 0 : Encoding.UTF8.GetByteCount(Topic);
        int topicField = Topic is null ? 0 : sizeof(ushort) + topicBytes;
        int idField = PacketId == 0 ? 0 : sizeof(ushort);
        int remainingLength = topicField + idField + Body.Length;
        if (remainingLength > MaxRemainingLength)
        {
            throw new InvalidOperationException($"An MQTT packet of {remainingLength} bytes was to be written; at most {MaxRemainingLength} fit (section 2.2.3).");
        }

        Span<byte> head = output.GetSpan(MaxFixedHeaderBytes + topicField + idField);
        int at = WriteFixedHeader(head, remainingLength);
        if (Topic is not null)
        {
            BinaryPrimitives.WriteUInt16BigEndian(head[at..], (ushort)topicBytes);
            at += sizeof(ushort) + Encoding.UTF8.GetBytes(Topic, head[(at + sizeof(ushort))..]);
        }

        if (PacketId != 0)
        {
            BinaryPrimitives.WriteUInt16BigEndian(head[at..], PacketId);
            at += sizeof(ushort);
        }

        output.Advance(at);
        output.Write(Body.Span);
    }

    private static byte First(MqttPacketType type, int flags = 0) => (byte)(((int)type << 4) | flags);

    private int WriteFixedHeader(Span<byte> head, int remainingLength)
    {
        head[0] = FirstByte;
        int at = 1;
        do
        {
            int digit = remainingLength & 0x7F;
            remainingLength >>= 7;
            head[at++] = (byte)(remainingLength > 0 ? digit | 0x80 : digit);
        }
        while (remainingLength > 0);

        return at;
    }
}
