namespace IotAttest.Mqtt;

/// <summary>The bits of the connect flags byte (MQTT 3.1.1 section 3.1.2.3, figure 3.4).</summary>
internal static class ConnectFlag
{
    public const int Reserved = 0x01;
    public const int CleanSession = 0x02;
    public const int Will = 0x04;
    public const int WillQos = 0x18;
    public const int WillQosShift = 3;
    public const int WillRetain = 0x20;
    public const int Password = 0x40;
    public const int UserName = 0x80;
}
