using System.Net;
using System.Net.Sockets;

namespace IotAttest.Service.Hosting.Connections;

/// <summary>How many connections one listener has, in all and from each address.</summary>
/// <param name="most">Connections in all.</param>
/// <param name="mostPerAddress">Connections of one address; of one /64 where addresses are IPv6, because one host has them all. This machine's own address is not counted apart: the proxy that
/// does TLS for everybody has it.</param>
internal sealed class ConnectionCount(int most, int mostPerAddress)
{
    private const int NetworkBytes = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, int> _byAddress = [];
    private int _all;

    /// <summary>Counts a connection; false when there is no room for it, and nothing is counted.</summary>
    public bool TryEnter(IPAddress? from)
    {
        IPAddress? key = KeyOf(from);
        lock (_lock)
        {
            int before = key is null ? 0 : _byAddress.GetValueOrDefault(key);
            if (_all >= most || before >= mostPerAddress)
            {
                return false;
            }

            _all++;
            if (key is not null)
            {
                _byAddress[key] = before + 1;
            }

            return true;
        }
    }

    /// <summary>A connection that was counted ended.</summary>
    public void Leave(IPAddress? from)
    {
        IPAddress? key = KeyOf(from);
        lock (_lock)
        {
            _all--;
            if (key is not null && --_byAddress[key] == 0)
            {
                _byAddress.Remove(key);
            }
        }
    }

    private static IPAddress? KeyOf(IPAddress? from)
    {
        if (from is null || IPAddress.IsLoopback(from))
        {
            return null;
        }

        if (from.IsIPv4MappedToIPv6)
        {
            from = from.MapToIPv4();
            return IPAddress.IsLoopback(from) ? null : from;
        }

        if (from.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return from;
        }

        byte[] network = from.GetAddressBytes();
        network.AsSpan(NetworkBytes).Clear();
        return new IPAddress(network);
    }
}
