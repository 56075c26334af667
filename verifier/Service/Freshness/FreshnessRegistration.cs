using IotAttest.Service.Storage.Sharing;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Freshness;

internal static class FreshnessRegistration
{
    public static IServiceCollection AddFreshness(this IServiceCollection services) => services
        .AddSingleton<ChallengeKeyRing>()
        .AddHostedService(provider => provider.GetRequiredService<ChallengeKeyRing>())
        .AddSingleton<EpochClock>()
        .AddHostedService(provider => provider.GetRequiredService<EpochClock>())
        .AddSingleton<FreshnessSource>()
        .AddSingleton<IStoreFollower>(provider => provider.GetRequiredService<ChallengeKeyRing>())
        .AddSingleton<IStoreFollower>(provider => provider.GetRequiredService<EpochClock>());
}
