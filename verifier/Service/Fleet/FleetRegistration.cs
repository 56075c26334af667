using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Fleet;

/// <summary>What the fleet pages read with.</summary>
internal static class FleetRegistration
{
    public static IServiceCollection AddFleet(this IServiceCollection services) => services
        .AddSingleton<FleetHistory>()
        .AddHostedService(provider => provider.GetRequiredService<FleetHistory>())
        .AddSingleton<FleetReader>()
        .AddSingleton<FleetNames>()
        .AddSingleton<BulkEnrolment>()
        .AddSingleton<DeviceSheetReader>();
}
