namespace IotAttest.Mqtt;

/// <summary>The bounds of the device endpoint. Whatever a peer can make this side hold or wait for is limited by one of them.</summary>
public sealed class MqttEndpointOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Mqtt";

    /// <summary>The longest control packet accepted, fixed header included. Bytes, 64 to 1,048,576. Default 4096.</summary>
    public int MaxPacketBytes { get; set; } = 4096;

    /// <summary>The longest topic name or filter. Bytes of UTF-8, 1 to 65,535. Default 128.</summary>
    public int MaxTopicBytes { get; set; } = 128;

    /// <summary>Topic filters of one session; the next one is answered 0x80. 1 to 1024. Default 8.</summary>
    public int MaxSubscriptions { get; set; } = 8;

    /// <summary>Messages of one connection that the handler may have in work; then reading pauses. 1 to 1024. Default 32.</summary>
    public int MaxInflightPublishes { get; set; } = 32;

    /// <summary>QoS 2 packet identifiers of one connection between PUBLISH and PUBREL; one more closes it. 1 to 65,535. Default 256.</summary>
    /// <remarks>Not part of <see cref="MaxInflightPublishes"/>: a PUBREL comes behind further PUBLISHes, so a pause would never end.</remarks>
    public int MaxUnreleasedPublishes { get; set; } = 256;

    /// <summary>Messages waiting for one slow client; when it is full the connection is dropped. 2 to 65,535. Default 64.</summary>
    public int OutboundQueuePackets { get; set; } = 64;

    /// <summary>QoS 1 messages sent and not acknowledged; one more drops the connection. 1 to 65,535. Default 1024.</summary>
    public int MaxUnacknowledgedPublishes { get; set; } = 1024;

    /// <summary>From the accepted connection to the accepted CONNECT, TLS excluded. 10 ms to 5 min. Default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest keep-alive honoured; 0 or more in a CONNECT counts as this. 1 s to 65,535 s. Default 1200 s.</summary>
    public TimeSpan MaxKeepAlive { get; set; } = TimeSpan.FromSeconds(1200);

    /// <summary>Connections at the same time, accepted sessions or not; further ones are closed at once. 1 to 1,000,000. Default 60,000.</summary>
    public int MaxConnections { get; set; } = 60_000;

    /// <summary>How long a client may take no bytes at all while some wait for it. 10 ms to 5 min. Default 15 s.</summary>
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(15);
}
