using System.Buffers;

namespace IotAttest.Mqtt;

/// <summary>Cuts control packets out of a stream of bytes (MQTT 3.1.1 section 2.2).</summary>
internal static class MqttFrameReader
{
    private const int MaxRemainingLengthBytes = 4;

    /// <summary>Takes one packet from the front of <paramref name="buffer"/>, which moves past it only on <see cref="MqttDecodeStatus.Ok"/>.</summary>
    /// <remarks>Whatever can be refused is refused from the fixed header: a peer cannot make this side wait for, or store, a packet it would refuse.</remarks>
    /// <param name="buffer">The bytes received and not yet taken.</param>
    /// <param name="maxPacketBytes">The longest packet accepted, fixed header included, in bytes.</param>
    /// <param name="frame">The packet; valid as long as the memory behind <paramref name="buffer"/>.</param>
    public static MqttDecodeStatus TryRead(scoped ref ReadOnlySequence<byte> buffer, int maxPacketBytes, out MqttFrame frame)
    {
        frame = default;
        Span<byte> copy = stackalloc byte[1 + MaxRemainingLengthBytes];
        ReadOnlySpan<byte> header = Header(buffer, copy);
        MqttDecodeStatus status = TryReadHeader(header, out int headerBytes, out int bodyBytes);
        if (status != MqttDecodeStatus.Ok)
        {
            return status;
        }

        if (headerBytes + bodyBytes > maxPacketBytes)
        {
            return MqttDecodeStatus.PacketTooLarge;
        }

        if (buffer.Length < headerBytes + bodyBytes)
        {
            return MqttDecodeStatus.NeedMoreData;
        }

        ReadOnlySequence<byte> body = buffer.Slice(headerBytes, bodyBytes);
        frame = new MqttFrame(header[0], body.IsSingleSegment ? body.FirstSpan : body.ToArray());
        buffer = buffer.Slice(body.End);
        return MqttDecodeStatus.Ok;
    }

    private static ReadOnlySpan<byte> Header(in ReadOnlySequence<byte> buffer, Span<byte> copy)
    {
        if (buffer.FirstSpan.Length >= copy.Length)
        {
            return buffer.FirstSpan[..copy.Length];
        }

        int count = (int)Math.Min(buffer.Length, copy.Length);
        buffer.Slice(0, count).CopyTo(copy);
        return copy[..count];
    }

    private static MqttDecodeStatus TryReadHeader(ReadOnlySpan<byte> header, out int headerBytes, out int bodyBytes)
    {
        headerBytes = 0;
        bodyBytes = 0;
        if (header.IsEmpty)
        {
            return MqttDecodeStatus.NeedMoreData;
        }

        MqttDecodeStatus status = CheckFirstByte(header[0]);
        return status == MqttDecodeStatus.Ok ? TryReadRemainingLength(header, out headerBytes, out bodyBytes) : status;
    }

    /// <summary>Section 2.2.3: seven bits a byte, least significant first. Unlike MQTT 5, 3.1.1 does not demand the shortest form.</summary>
    private static MqttDecodeStatus TryReadRemainingLength(ReadOnlySpan<byte> header, out int headerBytes, out int bodyBytes)
    {
        headerBytes = 1;
        bodyBytes = 0;
        for (int i = 0; i < MaxRemainingLengthBytes; i++, headerBytes++)
        {
            if (headerBytes == header.Length)
            {
                return MqttDecodeStatus.NeedMoreData;
            }

            byte digit = header[headerBytes];
            bodyBytes |= (digit & 0x7F) << (7 * i);
            if (digit < 0x80)
            {
                headerBytes++;
                return MqttDecodeStatus.Ok;
            }
        }

        return MqttDecodeStatus.MalformedRemainingLength;
    }

    /// <summary>Table 2.2: PUBLISH carries its own flags, three types carry 0010, all others 0000.</summary>
    private static MqttDecodeStatus CheckFirstByte(byte firstByte)
    {
        int flags = firstByte & 0x0F;
        switch ((MqttPacketType)(firstByte >> 4))
        {
            case 0:
            case (MqttPacketType)15:
                return MqttDecodeStatus.ReservedPacketType;
            case MqttPacketType.Publish:
                return CheckPublishFlags(flags);
            case MqttPacketType.PublishRelease:
            case MqttPacketType.Subscribe:
            case MqttPacketType.Unsubscribe:
                return flags == 0b0010 ? MqttDecodeStatus.Ok : MqttDecodeStatus.ReservedFlags;
            default:
                return flags == 0 ? MqttDecodeStatus.Ok : MqttDecodeStatus.ReservedFlags;
        }
    }

    private static MqttDecodeStatus CheckPublishFlags(int flags) => (flags & 0b1110) switch
    {
        0b0110 or 0b1110 => MqttDecodeStatus.InvalidQos,
        0b1000 => MqttDecodeStatus.DuplicateAtQos0,
        _ => MqttDecodeStatus.Ok,
    };
}
