using IotAttest.Mqtt;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Mqtt;

internal static class BoardRegistration
{
    public static IServiceCollection AddBoards(this IServiceCollection services) => services
        .AddMqttDevices()
        .AddSingleton<IMqttDeviceHandler, BoardHandler>()
        .AddSingleton<Cadence>()
        .AddHostedService(provider => provider.GetRequiredService<Cadence>());
}
