using System.Net;
using System.Net.Security;

namespace IotAttest.Mqtt;

/// <summary>Where and as whom <see cref="MqttClientConnection"/> connects.</summary>
public sealed class MqttClientOptions
{
    /// <summary>Host name or address.</summary>
    public required string Host { get; init; }

    /// <summary>TCP port. Default 1883.</summary>
    public int Port { get; init; } = 1883;

    /// <summary>The address of this machine to connect from. Default null: the one that the route gives.</summary>
    public IPAddress? LocalAddress { get; init; }

    /// <summary>0 to 65,535 bytes of UTF-8; empty only with a clean session [MQTT-3.1.3-7].</summary>
    public required string ClientId { get; init; }

    public string? UserName { get; init; }

    /// <summary>Binary; only with a user name [MQTT-3.1.2-22].</summary>
    public ReadOnlyMemory<byte>? Password { get; init; }

    /// <summary>The client pings after half of this without sending. 0 (never) to 65,535 s. Default 60 s.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>False continues the session that the server kept for this client id. Default true.</summary>
    public bool CleanSession { get; init; } = true;

    /// <summary>TLS when set. Default null: plain TCP.</summary>
    public SslClientAuthenticationOptions? Tls { get; init; }

    /// <summary>What the server publishes when this client vanishes. Default none.</summary>
    public MqttMessage? Will { get; init; }

    /// <summary>Takes received messages. Its completion acknowledges them, in the order of arrival; several may be pending. A fault closes
    /// the connection without acknowledgement, and a persistent session gets the message again.</summary>
    public Func<MqttMessage, ValueTask>? OnMessage { get; init; }

    /// <summary>From the first SYN to the CONNACK, TLS included. Default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Own messages, subscriptions included, that may wait for their acknowledgement; further calls wait. 1 to 65,535. Default 1024.</summary>
    public int MaxInflight { get; init; } = 1024;

    /// <summary>Received messages that <see cref="OnMessage"/> may have in work; then reading pauses. 1 to 65,535. Default 1024.</summary>
    public int MaxPendingMessages { get; init; } = 1024;

    /// <summary>The longest packet accepted. Bytes, 64 to 268,435,460. Default 1 MiB.</summary>
    public int MaxPacketBytes { get; init; } = 1_048_576;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(KeepAlive, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(KeepAlive, TimeSpan.FromSeconds(ushort.MaxValue));
        CheckCount(MaxInflight, nameof(MaxInflight), 1, ushort.MaxValue);
        CheckCount(MaxPendingMessages, nameof(MaxPendingMessages), 1, ushort.MaxValue);
        CheckCount(MaxPacketBytes, nameof(MaxPacketBytes), 64, 268_435_460);
        if (Password is not null && UserName is null)
        {
            throw new ArgumentException("A password is set without a user name; set both [MQTT-3.1.2-22].", nameof(Password));
        }
    }

    private static void CheckCount(int value, string option, int min, int max)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, min, option);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, max, option);
    }
}
