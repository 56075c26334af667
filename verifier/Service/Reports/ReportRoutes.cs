using IotAttest.Conformance;
using IotAttest.Service.Access;
using IotAttest.Service.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Reports;

internal static class ReportRoutes
{
    private const string Json = "application/json";

    public static IServiceCollection AddReports(this IServiceCollection services) => services.AddSingleton<ReportRegistry>();

    public static void MapReports(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/v1").WithTags("Reports");
        group.MapPost("/builds/{id}/reports", AttachAsync).Accepts<byte[]>(Json).ForRoles(Roles.Manufacturer, Roles.Laboratory, Roles.Body);
        group.MapGet("/builds/{id}/reports", List).ForAnybody();
        group.MapGet("/reports/{digest}", Get).ForAnybody();
    }

    internal static async Task<Results<Created<ReportView>, Ok<ReportView>>> AttachAsync(string id, HttpRequest request, ReportRegistry registry, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> file = await RequestBody.ReadAsync(request, ConformanceReport.MaxBytes, cancellation);
        (ReportView view, bool isNew) = await registry.AttachAsync(Caller.Of(request.HttpContext.User), id, file.ToArray(), cancellation);
        return isNew ? TypedResults.Created($"/v1/reports/{view.Digest}", view) : TypedResults.Ok(view);
    }

    internal static Ok<ReportList> List(string id, ReportRegistry registry) => TypedResults.Ok(registry.ListOf(id));

    /// <summary>The file, byte for byte as it was attached: its digest holds.</summary>
    internal static FileContentHttpResult Get(string digest, ReportRegistry registry) => TypedResults.File(registry.FileOf(digest), Json);
}
