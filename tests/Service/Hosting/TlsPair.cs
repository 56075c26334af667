using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using IotAttest.Domain.Devices.Certificates;

namespace IotAttest.Service.Tests;

/// <summary>Both ends of one TLS connection over loopback, the handshake done.</summary>
internal sealed class TlsPair : IDisposable
{
    private TlsPair(SslStream server, SslStream client) => (Server, Client) = (server, client);

    public SslStream Server { get; }

    public SslStream Client { get; }

    public static async Task<TlsPair> ConnectAsync(TlsChain chain, SslProtocols version)
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        TcpClient near = new();
        Task<TcpClient> accepting = listener.AcceptTcpClientAsync();
        await near.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        TcpClient far = await accepting;
        TlsPair pair = new(new SslStream(far.GetStream()), new SslStream(near.GetStream()));
        await Task.WhenAll(
            pair.Server.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = chain.Context, EnabledSslProtocols = version }),
            pair.Client.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost", CertificateChainPolicy = OnlyUnder.Policy([chain.Root]) }));
        return pair;
    }

    /// <summary>Sends bytes there and back.</summary>
    public async Task<bool> EchoAsync(int length)
    {
        byte[] sent = new byte[length];
        Random.Shared.NextBytes(sent);
        byte[] there = new byte[length];
        byte[] back = new byte[length];
        await Task.WhenAll(Client.WriteAsync(sent).AsTask(), Server.ReadExactlyAsync(there).AsTask());
        await Task.WhenAll(Server.WriteAsync(there).AsTask(), Client.ReadExactlyAsync(back).AsTask());
        return sent.AsSpan().SequenceEqual(back);
    }

    public void Dispose()
    {
        Server.Dispose();
        Client.Dispose();
    }
}
