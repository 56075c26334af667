using IotAttest.Service.Health;
using IotAttest.Service.Hosting;
using IotAttest.Service.Mqtt;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Brokers;

internal static class BrokerRegistration
{
    /// <summary>Nothing at all without a broker.</summary>
    public static IServiceCollection AddBroker(this IServiceCollection services, VerifierOptions options) => options.Broker is null ? services : services
        .AddSingleton(new BrokerStatus("broker", "MQTT broker"))
        .AddSingleton<IReadinessCheck>(provider => provider.GetRequiredService<BrokerStatus>())
        .AddSingleton<IMetricSource>(provider => provider.GetRequiredService<BrokerStatus>())
        .AddSingleton<BrokerOutbox>()
        .AddSingleton<IBoardPost>(provider => provider.GetRequiredService<BrokerOutbox>())
        .AddSingleton<BrokerDrops>()
        .AddSingleton<BrokerBoards>()
        .AddSingleton<IRemoteBoards>(provider => provider.GetRequiredService<BrokerBoards>())
        .AddSingleton<IListeningBoards>(provider => provider.GetRequiredService<BrokerBoards>())
        .AddSingleton<BrokerInbox>()
        .AddSingleton<BrokerClient>()
        .AddHostedService<BrokerLink>();
}
