using System.Net.Sockets;
using System.Text;
using IotAttest.Cli.Tests.Hosting;
using IotAttest.Support;

namespace IotAttest.Cli.Tests.Serve;

public sealed class ServiceManagerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_service_manager_hears_ready_when_it_listens_and_stopping_before_it_ends(bool isAbstract)
    {
        using CommandLine line = new();
        string name = isAbstract ? $"@iotattest-{Guid.NewGuid():N}" : line.PathOf("notify");
        using Socket manager = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = (int)Patience.Long.TotalMilliseconds };
        manager.Bind(new UnixDomainSocketEndPoint(isAbstract ? $"\0{name[1..]}" : name));
        using ServedVerifier verifier = await ServedVerifier.StartWithAsync(line.Folder, [("NOTIFY_SOCKET", name)]);

        Assert.Equal("READY=1", Receive(manager));
        Assert.Equal("ok", await verifier.HealthAsync());
        Assert.Equal(0, await verifier.Process.TerminateAsync());
        Assert.Equal("STOPPING=1", Receive(manager));
    }

    private static string Receive(Socket manager)
    {
        byte[] buffer = new byte[256];
        return Encoding.ASCII.GetString(buffer, 0, manager.Receive(buffer));
    }
}
