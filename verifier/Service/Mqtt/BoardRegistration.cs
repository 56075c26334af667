using IotAttest.Mqtt;
using IotAttest.Service.Health;
using IotAttest.Service.Hosting;
using IotAttest.Service.Mqtt.Tls;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Mqtt;

internal static class BoardRegistration
{
    public static IServiceCollection AddBoards(this IServiceCollection services, VerifierOptions options) => services
        .AddMqttDevices(mqtt => mqtt.MaxConnections = options.MqttConnections)
        .AddSingleton<IMqttDeviceHandler, BoardHandler>()
        .AddSingleton<TlsMaterials>()
        .AddHostedService(provider => provider.GetRequiredService<TlsMaterials>())
        .AddSingleton<IMetricSource, ConnectionMetrics>()
        .AddSingleton<IListeningBoards, ConnectedBoards>()
        .AddSingleton<CadenceMoments>()
        .AddSingleton<Cadence>()
        .AddHostedService(provider => provider.GetRequiredService<Cadence>());
}
