using IotAttest.Service.Access;
using IotAttest.Service.Storage;
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

    /// <summary>Ready means that changes become durable. After a fault this tries again, or a load balancer would never come back.</summary>
    internal static async Task<Ok<HealthView>> ReadyAsync(StoreWriter writer, CancellationToken cancellation)
    {
        if (!writer.IsHealthy)
        {
            await writer.ExecuteAsync((_, _) => true, cancellation: cancellation);
        }

        return TypedResults.Ok(new HealthView("ready"));
    }

    internal static ContentHttpResult Metrics(PrometheusReader reader) => TypedResults.Text(reader.Read(), MetricsText.MediaType);
}
