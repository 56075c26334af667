using IotAttest.Support;

namespace IotAttest.EndToEnd.Tests.Cluster;

/// <summary>One node for all tests of a class: it takes ten seconds to start.</summary>
public sealed class RabbitFixture : IAsyncLifetime
{
    internal RabbitCluster Cluster { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (Tools.ReasonToSkip("rabbitmq-server", "epmd") is null)
        {
            Cluster = await RabbitCluster.StartAsync(1);
        }
    }

    public async Task DisposeAsync()
    {
        if (Cluster is not null)
        {
            await Cluster.DisposeAsync();
        }
    }
}
