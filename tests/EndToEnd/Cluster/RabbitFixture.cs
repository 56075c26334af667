using IotAttest.Support;

namespace IotAttest.EndToEnd.Tests.Cluster;

/// <summary>One node for the tests of all classes that name this collection: it takes ten seconds to start.</summary>
[CollectionDefinition(Name)]
public sealed class RabbitFixture : ICollectionFixture<RabbitFixture>, IAsyncLifetime
{
    public const string Name = "one RabbitMQ node";

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
