using IotAttest.EndToEnd.Tests.Brokers;
using IotAttest.Support;

namespace IotAttest.EndToEnd.Tests.Cluster;

/// <summary>One node that speaks TLS only, with a certificate of <c>tls init</c>, and a root that has nothing to do with it.</summary>
public sealed class SecuredRabbit : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iotattest-other-root-").FullName;

    internal RabbitCluster Cluster { get; private set; } = null!;

    internal string OtherCaFile => Path.Combine(_folder, "tls", "ca.pem");

    public async Task InitializeAsync()
    {
        if (Tools.ReasonToSkip("rabbitmq-server", "epmd") is null)
        {
            await GeneratedMosquitto.RunAsync("tls", "init", "--out", Path.Combine(_folder, "tls"), "--name", "127.0.0.1", "--key", "ecdsa");
            Cluster = await RabbitCluster.StartAsync(1, isSecured: true);
        }
    }

    public async Task DisposeAsync()
    {
        if (Cluster is not null)
        {
            await Cluster.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }
}
