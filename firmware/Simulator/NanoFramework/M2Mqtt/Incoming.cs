using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;

using nanoFramework.M2Mqtt.Messages;

namespace nanoFramework.M2Mqtt;

/// <summary>Reads the packets a client gets (MQTT 3.1.1 section 3).</summary>
/// <exception cref="InvalidDataException">The packet is malformed or asks for QoS 2.</exception>
internal static class Incoming
{
    private const int RetainFlag = 0x01;

    public static ushort MessageId(ReceivedPacket packet) => ReadUInt16(packet.Body.Span, 0);

    public static MqttMsgSubscribedEventArgs Suback(ReceivedPacket packet)
    {
        ReadOnlySpan<byte> body = packet.Body.Span;
        ushort messageId = ReadUInt16(body, 0);
        MqttQoSLevel[] granted = new MqttQoSLevel[body.Length - 2];
        for (int i = 0; i < granted.Length; i++)
        {
            granted[i] = (MqttQoSLevel)body[i + 2];
        }

        return new MqttMsgSubscribedEventArgs(messageId, granted);
    }

    public static MqttMsgPublishEventArgs Publish(ReceivedPacket packet, out ushort messageId)
    {
        ReadOnlySpan<byte> body = packet.Body.Span;
        MqttQoSLevel level = (MqttQoSLevel)((packet.TypeAndFlags >> 1) & 0x03);
        int topicBytes = ReadUInt16(body, 0);
        int position = 2 + topicBytes;
        if (position > body.Length || level > MqttQoSLevel.AtLeastOnce)
        {
            throw new InvalidDataException();
        }

        messageId = 0;
        if (level == MqttQoSLevel.AtLeastOnce)
        {
            messageId = ReadUInt16(body, position);
            position += 2;
        }

        string topic = Encoding.UTF8.GetString(body.Slice(2, topicBytes));
        bool isDuplicate = (packet.TypeAndFlags & Packets.DupFlag) != 0;
        bool isRetained = (packet.TypeAndFlags & RetainFlag) != 0;
        return new MqttMsgPublishEventArgs(topic, body[position..].ToArray(), isDuplicate, level, isRetained);
    }

    private static ushort ReadUInt16(ReadOnlySpan<byte> body, int offset)
    {
        if (body.Length < offset + 2)
        {
            throw new InvalidDataException();
        }

        return BinaryPrimitives.ReadUInt16BigEndian(body[offset..]);
    }
}
