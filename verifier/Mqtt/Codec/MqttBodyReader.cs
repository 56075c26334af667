using System.Buffers.Binary;
using System.Text.Unicode;

namespace IotAttest.Mqtt;

/// <summary>Reads the fields of one packet in order.</summary>
/// <remarks>The error is sticky: after the first failure reads return empty values and Status keeps the first cause, so a decoder
/// reads straight through and checks once.</remarks>
internal ref struct MqttBodyReader(ReadOnlySpan<byte> body)
{
    private ReadOnlySpan<byte> _rest = body;

    public MqttDecodeStatus Status { get; private set; }

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public byte ReadByte() => Take(1) is [byte value] ? value : (byte)0;

    public ushort ReadUInt16() => Take(2) is { Length: 2 } bytes ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : (ushort)0;

    /// <summary>Section 2.3.1: a packet identifier is never 0.</summary>
    public ushort ReadPacketId()
    {
        ushort id = ReadUInt16();
        if (id == 0)
        {
            Fail(MqttDecodeStatus.ZeroPacketId);
        }

        return id;
    }

    /// <summary>Bytes behind a two-byte length (0 to 65,535).</summary>
    public ReadOnlySpan<byte> ReadBinary() => Take(ReadUInt16());

    /// <summary>Section 1.5.3: a UTF-8 string behind a two-byte length; no surrogates, no U+0000.</summary>
    public ReadOnlySpan<byte> ReadText()
    {
        ReadOnlySpan<byte> text = ReadBinary();
        if (text.Contains((byte)0) || !Utf8.IsValid(text))
        {
            Fail(MqttDecodeStatus.InvalidText);
            return default;
        }

        return text;
    }

    /// <summary>A text that is a topic name of at most <paramref name="maxBytes"/> bytes.</summary>
    public ReadOnlySpan<byte> ReadTopicName(int maxBytes)
    {
        ReadOnlySpan<byte> topic = ReadText();
        Check(MqttTopic.IsValidName(topic), MqttDecodeStatus.InvalidTopicName);
        Check(topic.Length <= maxBytes, MqttDecodeStatus.TopicTooLong);
        return topic;
    }

    /// <summary>A text that is a topic filter of at most <paramref name="maxBytes"/> bytes.</summary>
    public ReadOnlySpan<byte> ReadTopicFilter(int maxBytes)
    {
        ReadOnlySpan<byte> filter = ReadText();
        Check(MqttTopic.IsValidFilter(filter), MqttDecodeStatus.InvalidTopicFilter);
        Check(filter.Length <= maxBytes, MqttDecodeStatus.TopicTooLong);
        return filter;
    }

    public ReadOnlySpan<byte> ReadRest() => Take(_rest.Length);

    /// <summary>The outcome of the whole packet: the first failure, or trailing bytes, or Ok.</summary>
    public MqttDecodeStatus Finish()
    {
        Check(_rest.IsEmpty, MqttDecodeStatus.TrailingBytes);
        return Status;
    }

    public void Check(bool holds, MqttDecodeStatus otherwise)
    {
        if (!holds)
        {
            Fail(otherwise);
        }
    }

    public void Fail(MqttDecodeStatus status)
    {
        Status = Status == MqttDecodeStatus.Ok ? status : Status;
        _rest = default;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (Status != MqttDecodeStatus.Ok || count > _rest.Length)
        {
            Fail(MqttDecodeStatus.Truncated);
            return default;
        }

        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
