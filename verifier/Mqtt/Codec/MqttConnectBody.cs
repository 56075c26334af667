using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace IotAttest.Mqtt;

/// <summary>Writes what follows the fixed header of a CONNECT (MQTT 3.1.1 sections 3.1.2 and 3.1.3).</summary>
internal static class MqttConnectBody
{
    public static ReadOnlyMemory<byte> Encode(MqttConnectPacket connect)
    {
        ArrayBufferWriter<byte> body = new();
        body.WriteMqttText("MQTT");
        body.Write((ReadOnlySpan<byte>)[4, (byte)Flags(connect)]);
        body.WriteUInt16(connect.KeepAliveSeconds);
        body.WriteMqttText(connect.ClientId);
        if (connect.Will is { } will)
        {
            body.WriteMqttText(will.Topic);
            body.WriteMqttBinary(will.Payload.Span);
        }

        if (connect.UserName is not null)
        {
            body.WriteMqttText(connect.UserName);
        }

        if (connect.Password is not null)
        {
            body.WriteMqttBinary(connect.Password);
        }

        return body.WrittenMemory;
    }

    public static void WriteMqttText(this IBufferWriter<byte> output, string text) => output.WriteMqttBinary(Encoding.UTF8.GetBytes(text));

    private static void WriteMqttBinary(this IBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        output.WriteUInt16(checked((ushort)bytes.Length));
        output.Write(bytes);
    }

    private static void WriteUInt16(this IBufferWriter<byte> output, ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(output.GetSpan(sizeof(ushort)), value);
        output.Advance(sizeof(ushort));
    }

    private static int Flags(MqttConnectPacket connect)
    {
        int flags = connect.CleanSession ? ConnectFlag.CleanSession : 0;
        flags |= connect.UserName is null ? 0 : ConnectFlag.UserName;
        flags |= connect.Password is null ? 0 : ConnectFlag.Password;
        if (connect.Will is { } will)
        {
            flags |= ConnectFlag.Will | ((int)will.Qos << ConnectFlag.WillQosShift) | (will.Retain ? ConnectFlag.WillRetain : 0);
        }

        return flags;
    }
}
