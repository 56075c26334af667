using System.Net.Security;
using System.Net.Sockets;

namespace IotAttest.Mqtt;

/// <summary>Opens the byte stream under a client connection: TCP, or TLS over TCP.</summary>
internal static class MqttClientTransport
{
    public static async Task<Stream> OpenAsync(MqttClientOptions options, CancellationToken cancellation)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Stream? stream = null;
        try
        {
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

    private static async Task<Stream> SecureAsync(Stream stream, SslClientAuthenticationOptions options, CancellationToken cancellation)
    {
        SslStream secure = new(stream, leaveInnerStreamOpen: false);
        await secure.AuthenticateAsClientAsync(options, cancellation);
        return secure;
    }
}
