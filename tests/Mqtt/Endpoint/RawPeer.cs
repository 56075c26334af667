using System.Net;
using System.Net.Sockets;
using IotAttest.Support;

namespace IotAttest.Mqtt.Tests;

/// <summary>A peer that sends exactly the bytes it is told, and shows what comes back as hex, packet by packet.</summary>
public sealed class RawPeer : IDisposable
{
    private readonly Socket _socket;
    private readonly NetworkStream _stream;

    private RawPeer(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
    }

    public static async Task<RawPeer> DialAsync(int port)
    {
        // A small receive buffer, so that a peer that does not read is noticed after few bytes.
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return new RawPeer(socket);
    }

    public static string Connect(string clientId, ushort keepAliveSeconds = 60, bool cleanSession = true) => Convert.ToHexString(Packets.Bytes(
        MqttOutboundPacket.Connect(new MqttConnectPacket { ClientId = clientId, CleanSession = cleanSession, KeepAliveSeconds = keepAliveSeconds })));

    public static string Publish(string topic, int qos, ushort packetId, byte[] payload, bool duplicate = false) => Convert.ToHexString(Packets.Bytes(
        MqttOutboundPacket.Publish(new MqttMessage(topic, payload, (MqttQualityOfService)qos, Duplicate: duplicate), packetId)));

    public static string Subscribe(ushort packetId, params string[] filters) => Convert.ToHexString(Packets.Bytes(
        MqttOutboundPacket.Subscribe(packetId, filters.Select(filter => new MqttSubscription(filter, MqttQualityOfService.AtLeastOnce)))));

    public async Task SendAsync(string hex) => await _stream.WriteAsync(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));

    /// <summary>The next packet as hex; empty when the other side closed.</summary>
    public async Task<string> ReadAsync()
    {
        using CancellationTokenSource timeout = new(Patience.Long);
        try
        {
            byte[] header = new byte[2];
            await _stream.ReadExactlyAsync(header, timeout.Token);
            Assert.True(header[1] < 0x80, "the test peer reads packets of up to 127 bytes");
            byte[] body = new byte[header[1]];
            await _stream.ReadExactlyAsync(body, timeout.Token);
            return Convert.ToHexString(header) + Convert.ToHexString(body);
        }
        catch (IOException)
        {
            // End of stream or a reset: an aborted connection shows as either.
            return "";
        }
    }

    public async Task<bool> IsClosedByPeerAsync() => await ReadAsync() == "";

    /// <summary>True when nothing has arrived; for statements about what is not sent, after a later packet was answered.</summary>
    public bool IsQuiet => _socket.Available == 0;

    public void Dispose() => _stream.Dispose();
}
