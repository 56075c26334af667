using System.Text;

namespace IotAttest.Mqtt;

/// <summary>CONNECT (MQTT 3.1.1 section 3.1).</summary>
internal sealed record MqttConnectPacket
{
    public required string ClientId { get; init; }

    public required bool CleanSession { get; init; }

    /// <summary>Seconds, 0 to 65,535; 0 switches the mechanism off (section 3.1.2.10).</summary>
    public required ushort KeepAliveSeconds { get; init; }

    public string? UserName { get; init; }

    /// <summary>Binary data, 0 to 65,535 bytes (section 3.1.3.5); null when absent.</summary>
    public byte[]? Password { get; init; }

    public MqttMessage? Will { get; init; }

    public static MqttDecodeStatus TryDecode(MqttFrame frame, int maxTopicBytes, out MqttConnectPacket? packet)
    {
        packet = null;
        MqttBodyReader reader = new(frame.Body);
        reader.Check(reader.ReadText().SequenceEqual("MQTT"u8), MqttDecodeStatus.UnknownProtocolName);
        reader.Check(reader.ReadByte() == 4, MqttDecodeStatus.UnacceptableProtocolLevel);
        if (reader.Status != MqttDecodeStatus.Ok)
        {
            return reader.Status;
        }

        byte flags = reader.ReadByte();
        CheckFlags(ref reader, flags);
        MqttConnectPacket decoded = ReadFields(ref reader, flags, maxTopicBytes);
        MqttDecodeStatus status = reader.Finish();
        packet = status == MqttDecodeStatus.Ok ? decoded : null;
        return status;
    }

    private static void CheckFlags(ref MqttBodyReader reader, byte flags)
    {
        reader.Check((flags & ConnectFlag.Reserved) == 0, MqttDecodeStatus.ReservedConnectFlag);
        reader.Check((flags & ConnectFlag.WillQos) != ConnectFlag.WillQos, MqttDecodeStatus.InvalidQos);
        bool saysWill = (flags & (ConnectFlag.WillQos | ConnectFlag.WillRetain)) != 0;
        reader.Check(!saysWill || Has(flags, ConnectFlag.Will), MqttDecodeStatus.InconsistentWillFlags);
        bool passwordAlone = Has(flags, ConnectFlag.Password) && !Has(flags, ConnectFlag.UserName);
        reader.Check(!passwordAlone, MqttDecodeStatus.PasswordWithoutUserName);
    }

    /// <summary>Section 3.1.3: client identifier, will topic, will message, user name, password, in this order [MQTT-3.1.3-1].</summary>
    private static MqttConnectPacket ReadFields(ref MqttBodyReader reader, byte flags, int maxTopicBytes) => new()
    {
        CleanSession = Has(flags, ConnectFlag.CleanSession),
        KeepAliveSeconds = reader.ReadUInt16(),
        ClientId = Encoding.UTF8.GetString(reader.ReadText()),
        Will = Has(flags, ConnectFlag.Will) ? ReadWill(ref reader, flags, maxTopicBytes) : null,
        UserName = Has(flags, ConnectFlag.UserName) ? Encoding.UTF8.GetString(reader.ReadText()) : null,
        Password = Has(flags, ConnectFlag.Password) ? reader.ReadBinary().ToArray() : null,
    };

    private static MqttMessage ReadWill(ref MqttBodyReader reader, byte flags, int maxTopicBytes)
    {
        string topic = Encoding.UTF8.GetString(reader.ReadTopicName(maxTopicBytes));
        byte[] payload = reader.ReadBinary().ToArray();
        MqttQualityOfService qos = (MqttQualityOfService)((flags & ConnectFlag.WillQos) >> ConnectFlag.WillQosShift);
        return new MqttMessage(topic, payload, qos, Has(flags, ConnectFlag.WillRetain));
    }

    private static bool Has(byte flags, int flag) => (flags & flag) != 0;
}
