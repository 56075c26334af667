using IotAttest.Service.Devices;
using IotAttest.Service.Health;
using IotAttest.Service.Results;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Evidence;

internal static class EvidenceRegistration
{
    public static IServiceCollection AddEvidence(this IServiceCollection services) => services
        .AddSingleton<VerifierKey>()
        .AddSingleton<ResultSigner>()
        .AddSingleton<ParsedKeyCache>()
        .AddSingleton<DeviceStateTable>()
        .AddSingleton<EvidenceMetrics>()
        .AddSingleton<AddressRefusals>()
        .AddSingleton<IMetricSource>(provider => provider.GetRequiredService<EvidenceMetrics>())
        .AddSingleton<EvidencePipeline>()
        .AddHostedService<Reappraisal>();
}
