using System.Net.Sockets;
using System.Text;

namespace IotAttest.Cli.Hosting;

/// <summary>Tells a service manager how far the verifier is (sd_notify(3): datagrams to the socket named by NOTIFY_SOCKET).</summary>
internal static class ServiceManager
{
    public const string SocketVariable = "NOTIFY_SOCKET";

    public const string Ready = "READY=1";

    public const string Stopping = "STOPPING=1";

    /// <returns>False when nobody took it; true also when nobody asked.</returns>
    public static bool TryTell(string? socketPath, string state)
    {
        if (string.IsNullOrEmpty(socketPath))
        {
            return true;
        }

        try
        {
            // A name that begins with @ lies in the abstract namespace, written with a zero byte.
            UnixDomainSocketEndPoint manager = new(socketPath[0] == '@' ? $"\0{socketPath[1..]}" : socketPath);
            using Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            socket.SendTo(Encoding.ASCII.GetBytes(state), manager);
            return true;
        }
        catch (Exception cause) when (cause is SocketException or ArgumentException or PlatformNotSupportedException)
        {
            return false;
        }
    }
}
