namespace IotAttest.Mqtt;

/// <summary>A control packet cut out of the stream: its first byte (type and flags) and everything after the remaining length.</summary>
internal readonly ref struct MqttFrame(byte firstByte, ReadOnlySpan<byte> body)
{
    public ReadOnlySpan<byte> Body { get; } = body;

    public MqttPacketType Type => (MqttPacketType)(firstByte >> 4);

    public int Flags => firstByte & 0x0F;
}
