using System.Net;
using System.Net.Sockets;

namespace IotAttest.Cli.Bench;

/// <summary>Ports of 127.0.0.1 for servers that the benchmark starts.</summary>
internal static class LoopbackPort
{
    public const string Host = "127.0.0.1";

    /// <summary>One that nobody listens on at this moment.</summary>
    public static int Free()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static async Task<bool> ListensAsync(int port, CancellationToken cancellation)
    {
        using TcpClient client = new();
        try
        {
            await client.ConnectAsync(Host, port, cancellation);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
