using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace IotAttest.Mqtt;

/// <summary>Opens the byte stream under a client connection: TCP, or TLS over TCP.</summary>
internal static class MqttClientTransport
{
    public static async Task<Stream> OpenAsync(MqttClientOptions options, CancellationToken cancellation)
    {
        Socket socket = options.LocalAddress is { } from ? new(from.AddressFamily, SocketType.Stream, ProtocolType.Tcp) : new(SocketType.Stream, ProtocolType.Tcp);
        Stream? stream = null;
        try
        {
            socket.NoDelay = true;
            Bind(socket, options.LocalAddress);
            await socket.ConnectAsync(options.Host, options.Port, cancellation);
            stream = new NetworkStream(socket, ownsSocket: true);
            return options.Tls is null ? stream : await SecureAsync(stream, options.Tls, cancellation);
        }
        catch
        {
            socket.Dispose();
            stream?.Dispose();
            throw;
        }
    }

    private static void Bind(Socket socket, IPAddress? from)
    {
        if (from is not null)
        {
            socket.Bind(new IPEndPoint(from, 0));
        }
    }

    private static async Task<Stream> SecureAsync(Stream stream, SslClientAuthenticationOptions options, CancellationToken cancellation)
    {
        SslStream secure = new(stream, leaveInnerStreamOpen: false);
        await secure.AuthenticateAsClientAsync(options, cancellation);
        return secure;
    }
}
