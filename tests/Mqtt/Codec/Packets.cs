using System.Buffers;

namespace IotAttest.Mqtt.Tests;

/// <summary>One valid packet of each type, and ways to take bytes apart.</summary>
internal static class Packets
{
    public static readonly MqttConnectPacket FullConnect = new()
    {
        ClientId = "board",
        CleanSession = true,
        KeepAliveSeconds = 60,
        UserName = "user",
        Password = [1, 0, 255],
        Will = new MqttMessage("will/topic", new byte[] { 7, 8 }, MqttQualityOfService.AtLeastOnce, Retain: true),
    };

    public static IReadOnlyDictionary<string, byte[]> OneOfEach { get; } = new Dictionary<string, byte[]>
    {
        ["CONNECT"] = Bytes(MqttOutboundPacket.Connect(FullConnect)),
        ["CONNACK"] = Bytes(MqttOutboundPacket.ConnectAcknowledgement(true, MqttConnectReturnCode.Accepted)),
        ["PUBLISH0"] = Bytes(MqttOutboundPacket.Publish(new("a/b", new byte[] { 1, 2, 3 }, MqttQualityOfService.AtMostOnce, Retain: true), 0)),
        ["PUBLISH1"] = Bytes(MqttOutboundPacket.Publish(new("a/b", new byte[300], MqttQualityOfService.AtLeastOnce), 77)),
        ["PUBLISH2"] = Bytes(MqttOutboundPacket.Publish(new("a/ü", new byte[1], MqttQualityOfService.ExactlyOnce, Duplicate: true), 65535)),
        ["PUBACK"] = Bytes(MqttOutboundPacket.PublishAcknowledgement(1)),
        ["PUBREC"] = Bytes(MqttOutboundPacket.PublishReceived(2)),
        ["PUBREL"] = Bytes(MqttOutboundPacket.PublishRelease(3)),
        ["PUBCOMP"] = Bytes(MqttOutboundPacket.PublishComplete(4)),
        ["SUBSCRIBE"] = Bytes(MqttOutboundPacket.Subscribe(5, [new("a/#", MqttQualityOfService.ExactlyOnce), new("+/b", MqttQualityOfService.AtMostOnce)])),
        ["SUBACK"] = Bytes(MqttOutboundPacket.SubscribeAcknowledgement(6, [0, 1, 2, 0x80])),
        ["UNSUBSCRIBE"] = Bytes(MqttOutboundPacket.Unsubscribe(7, ["a/#", "b"])),
        ["UNSUBACK"] = Bytes(MqttOutboundPacket.UnsubscribeAcknowledgement(8)),
        ["PINGREQ"] = Bytes(MqttOutboundPacket.PingRequest),
        ["PINGRESP"] = Bytes(MqttOutboundPacket.PingResponse),
        ["DISCONNECT"] = Bytes(MqttOutboundPacket.Disconnect),
    };

    public static byte[] Bytes(MqttOutboundPacket packet)
    {
        ArrayBufferWriter<byte> writer = new();
        packet.WriteTo(writer);
        return writer.WrittenSpan.ToArray();
    }

    /// <summary>Decodes the first packet of <paramref name="bytes"/> whatever its type.</summary>
    public static MqttDecodeStatus Decode(ReadOnlySequence<byte> bytes, int maxPacketBytes = 4096, int maxTopicBytes = 128)
    {
        MqttDecodeStatus status = MqttFrameReader.TryRead(ref bytes, maxPacketBytes, out MqttFrame frame);
        return status == MqttDecodeStatus.Ok ? DecodeBody(frame, maxTopicBytes) : status;
    }

    public static MqttDecodeStatus Decode(byte[] bytes, int maxPacketBytes = 4096, int maxTopicBytes = 128) =>
        Decode(new ReadOnlySequence<byte>(bytes), maxPacketBytes, maxTopicBytes);

    /// <summary>The frame of one whole valid packet.</summary>
    public static MqttFrame Frame(byte[] bytes)
    {
        ReadOnlySequence<byte> sequence = new(bytes);
        Assert.Equal(MqttDecodeStatus.Ok, MqttFrameReader.TryRead(ref sequence, 1_000_000, out MqttFrame frame));
        Assert.True(sequence.IsEmpty);
        return frame;
    }

    /// <summary>The same bytes in segments of one byte each, as a slow network delivers them.</summary>
    public static ReadOnlySequence<byte> Scattered(byte[] bytes)
    {
        Segment first = new(bytes.AsMemory(0, Math.Min(1, bytes.Length)), 0);
        Segment last = first;
        for (int i = 1; i < bytes.Length; i++)
        {
            last = last.Append(bytes.AsMemory(i, 1));
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private static MqttDecodeStatus DecodeBody(MqttFrame frame, int maxTopicBytes) => frame.Type switch
    {
        MqttPacketType.Connect => MqttConnectPacket.TryDecode(frame, maxTopicBytes, out _),
        MqttPacketType.ConnectAcknowledgement => MqttConnectAcknowledgement.TryDecode(frame, out _),
        MqttPacketType.Publish => MqttPublishPacket.TryDecode(frame, maxTopicBytes, out _),
        MqttPacketType.Subscribe => MqttSubscribePacket.TryDecode(frame, maxTopicBytes, out _),
        MqttPacketType.SubscribeAcknowledgement => MqttSubscribeAcknowledgement.TryDecode(frame, out _),
        MqttPacketType.Unsubscribe => MqttUnsubscribePacket.TryDecode(frame, maxTopicBytes, out _),
        MqttPacketType.PingRequest or MqttPacketType.PingResponse or MqttPacketType.Disconnect => MqttEmptyPacket.Check(frame),
        _ => MqttPacketId.TryDecode(frame, out _),
    };

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long runningIndex)
        {
            Memory = memory;
            RunningIndex = runningIndex;
        }

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            Segment next = new(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
