using System;

using nanoFramework.M2Mqtt.Messages;

namespace nanoFramework.M2Mqtt;

/// <summary>The packets a client sends (MQTT 3.1.1 section 3).</summary>
internal static class Packets
{
    public const byte ConnackType = 2;
    public const byte PublishType = 3;
    public const byte PubackType = 4;
    public const byte SubackType = 9;
    public const byte UnsubackType = 11;
    public const byte PingrespType = 13;
    public const byte DupFlag = 0x08;

    private const byte Connect = 0x10;
    private const byte PublishHead = 0x30;
    private const byte Puback = 0x40;
    private const byte SubscribeHead = 0x82;
    private const byte UnsubscribeHead = 0xA2;

    public static readonly ReadOnlyMemory<byte> Pingreq = new byte[] { 0xC0, 0 };
    public static readonly ReadOnlyMemory<byte> Disconnect = new byte[] { 0xE0, 0 };

    public static ReadOnlyMemory<byte> ConnectOf(string clientId, string userName, string password, MqttWill will, bool cleanSession, ushort keepAliveSeconds)
    {
        int flags = cleanSession ? 0x02 : 0;
        flags |= will is null ? 0 : 0x04 | ((int)will.Level << 3) | (will.IsRetained ? 0x20 : 0);
        flags |= userName is null ? 0 : 0x80;
        flags |= password is null ? 0 : 0x40;
        PacketWriter writer = new();
        writer.Text("MQTT");
        writer.Byte(4);
        writer.Byte((byte)flags);
        writer.UInt16(keepAliveSeconds);
        writer.Text(clientId);
        foreach (string text in new[] { will?.Topic, will?.Message, userName, password })
        {
            if (text is not null)
            {
                writer.Text(text);
            }
        }

        return writer.Finish(Connect);
    }

    public static Memory<byte> Publish(string topic, byte[] message, MqttQoSLevel level, bool retain, ushort messageId)
    {
        PacketWriter writer = new();
        writer.Text(topic);
        if (level != MqttQoSLevel.AtMostOnce)
        {
            writer.UInt16(messageId);
        }

        writer.Raw(message);
        return writer.Finish((byte)(PublishHead | ((int)level << 1) | (retain ? 1 : 0)));
    }

    public static ReadOnlyMemory<byte> PubackOf(ushort messageId)
    {
        PacketWriter writer = new();
        writer.UInt16(messageId);
        return writer.Finish(Puback);
    }

    public static ReadOnlyMemory<byte> Subscribe(ushort messageId, string[] topics, MqttQoSLevel[] levels)
    {
        PacketWriter writer = new();
        writer.UInt16(messageId);
        for (int i = 0; i < topics.Length; i++)
        {
            writer.Text(topics[i]);
            writer.Byte((byte)levels[i]);
        }

        return writer.Finish(SubscribeHead);
    }

    public static ReadOnlyMemory<byte> Unsubscribe(ushort messageId, string[] topics)
    {
        PacketWriter writer = new();
        writer.UInt16(messageId);
        foreach (string topic in topics)
        {
            writer.Text(topic);
        }

        return writer.Finish(UnsubscribeHead);
    }
}
