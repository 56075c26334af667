using IotAttest.Service.Brokers;
using IotAttest.Service.Health;
using IotAttest.Service.Hosting;
using IotAttest.Service.Mqtt;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Cluster;

internal static class ClusterRegistration
{
    /// <summary>Nothing at all without a cluster; the answers to its nodes stand for themselves, because a verifier may answer without taking evidence.</summary>
    public static IServiceCollection AddCluster(this IServiceCollection services, VerifierOptions options)
    {
        if (options.ClusterAccessFile is { } path)
        {
            services
                .AddSingleton(AccessSecret.Read(path).Secret!)
                .AddSingleton<BoardAccess>()
                .AddSingleton<AccessMetrics>()
                .AddSingleton<IMetricSource>(provider => provider.GetRequiredService<AccessMetrics>());
        }

        return options.Cluster is null ? services : services.AddLink();
    }

    private static IServiceCollection AddLink(this IServiceCollection services) => services
        .AddSingleton(new BrokerStatus("cluster", "RabbitMQ cluster"))
        .AddSingleton<IReadinessCheck>(provider => provider.GetRequiredService<BrokerStatus>())
        .AddSingleton<IMetricSource>(provider => provider.GetRequiredService<BrokerStatus>())
        .AddSingleton<ClusterCounters>()
        .AddSingleton<IMetricSource>(provider => provider.GetRequiredService<ClusterCounters>())
        .AddSingleton<ClusterOutbox>()
        .AddSingleton<IBoardPost>(provider => provider.GetRequiredService<ClusterOutbox>())
        .AddSingleton<BrokerDrops>()
        .AddSingleton<ClusterLead>()
        .AddSingleton<ClusterBoards>()
        .AddSingleton<IRemoteBoards>(provider => provider.GetRequiredService<ClusterBoards>())
        .AddSingleton<IListeningBoards>(provider => provider.GetRequiredService<ClusterBoards>())
        .AddSingleton<BrokerInbox>()
        .AddSingleton<ClusterClient>()
        .AddHostedService<ClusterMarkers>()
        .AddHostedService<ClusterLink>();
}
