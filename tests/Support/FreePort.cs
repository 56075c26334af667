using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace IotAttest.Support;

/// <summary>Loopback ports for servers that tests start.</summary>
/// <remarks>A port stays taken until the test process ends: the tests of other projects run at the same time and would be given it, or connect from it, in the seconds before the server listens,
/// or while a test has stopped the server for a moment.</remarks>
public static class FreePort
{
    // Linux, socket(7).
    private const int SocketLevel = 1;
    private const int ReuseAddress = 2;

    private static readonly List<Socket> Held = [];

    /// <summary>A TCP port on 127.0.0.1 on which nobody listens, and only a server that is told it can: one that sets SO_REUSEADDR, as servers do.</summary>
    public static int Next()
    {
        Socket holder = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        holder.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        // A socket that has this and does not listen keeps no server off that asks for the port with the same option; the kernel gives the port to nobody who asks for any.
        Span<byte> on = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(on, 1);
        holder.SetRawSocketOption(SocketLevel, ReuseAddress, on);
        lock (Held)
        {
            Held.Add(holder);
        }

        return ((IPEndPoint)holder.LocalEndPoint!).Port;
    }
}
