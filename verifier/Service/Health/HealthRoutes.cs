using IotAttest.Service.Access;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Health;

internal static class HealthRoutes
{
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddOpenApi(options => options.DescribeAccess());
        return services
            .AddSingleton<IMetricSource, DirectoryMetrics>()
            .AddSingleton<IMetricSource, StoreMetrics>()
            .AddSingleton<IReadinessCheck, LifetimeReadiness>()
            .AddSingleton<StoreReadiness>()
            .AddSingleton<IReadinessCheck>(provider => provider.GetRequiredService<StoreReadiness>())
            .AddSingleton<DrainFirst>()
            .AddHostedService(provider => provider.GetRequiredService<DrainFirst>())
            .AddSingleton<VerifierMeter>()
            .AddSingleton<PrometheusReader>();
    }

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => TypedResults.Ok(new HealthView("alive"))).WithTags("Health").ForAnybody();
        routes.MapGet("/readyz", ReadyAsync).WithTags("Health").ForAnybody();
        routes.MapGet("/metrics", Metrics).WithTags("Health").ForAnybody();
        routes.MapOpenApi().ForAnybody();
    }

    /// <summary>Ready means that changes become durable, on a schema of this program, and that everything listens. Each question is a look at the thing itself.</summary>
    internal static async Task<Results<Ok<HealthView>, ProblemResult>> ReadyAsync(IEnumerable<IReadinessCheck> checks)
    {
        List<string> faults = [];
        foreach (IReadinessCheck check in checks)
        {
            if (await check.FaultAsync() is { } fault)
            {
                faults.Add(fault);
            }
        }

        return faults.Count == 0
            ? TypedResults.Ok(new HealthView("ready"))
            : new ProblemResult(Problem.Of(503, "NotReady", "This verifier takes no work now.", string.Join("; ", faults), "a verifier that stores what it acknowledges", "Ask another one, or wait; the operator finds the cause in the log."));
    }

    internal static ContentHttpResult Metrics(PrometheusReader reader) => TypedResults.Text(reader.Read(), MetricsText.MediaType);
}
