using IotAttest.Domain.Advisories;
using IotAttest.Service.Access;
using IotAttest.Service.Advisories.Incidents;
using IotAttest.Service.Certificates;
using IotAttest.Service.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Advisories;

internal static class AdvisoryRoutes
{
    private const string Json = "application/json";
    private const string Csaf = "application/csaf+json";
    private const string Vex = "application/vex+json";

    public static IServiceCollection AddAdvisories(this IServiceCollection services) => services
        .AddSingleton<AdvisoryCache>()
        .AddSingleton<AdvisoryMatching>()
        .AddSingleton<AdvisoryRegistry>()
        .AddSingleton<AdvisoryCatalogue>()
        .AddSingleton<AdoptionReport>()
        .AddSingleton<IncidentRegistry>()
        .AddSingleton<IncidentCatalogue>()
        .AddHostedService<AdvisoryClock>();

    public static void MapAdvisories(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/v1/advisories").WithTags("Advisories");
        group.MapPost("", ImportAsync).Accepts<byte[]>(Json, Csaf, Vex).ForRoles(Roles.Manufacturer, Roles.Body);
        group.MapGet("", List).ForAnybody();
        group.MapGet("/{id}", Get).ForAnybody();
        group.MapGet("/{id}/document", GetDocument).ForAnybody();
        group.MapGet("/{id}/adoption", GetAdoption).ForAnybody();
        group.MapExploited();
        routes.MapIncidents();
    }

    internal static async Task<Results<Created<AdvisoryDetailView>, Ok<AdvisoryDetailView>>> ImportAsync(
        HttpRequest request, string? embargoUntil, AdvisoryRegistry registry, AdvisoryCatalogue catalogue, CancellationToken cancellation)
    {
        // Larger than whatever else this API takes; the caller is logged in by now.
        request.HttpContext.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = AdvisoryReader.MaxBytes;
        DateTimeOffset? embargo = embargoUntil is null ? null : MomentText.Parse("embargoUntil", embargoUntil).Moment;
        ReadOnlyMemory<byte> file = await RequestBody.ReadAsync(request, AdvisoryReader.MaxBytes, cancellation);
        Caller caller = Caller.Of(request.HttpContext.User);
        (string id, bool isNew) = await registry.ImportAsync(caller, file.ToArray(), embargo, cancellation);
        AdvisoryDetailView view = catalogue.Find(AdvisorySight.Of(caller), id, null);
        return isNew ? TypedResults.Created($"/v1/advisories/{id}", view) : TypedResults.Ok(view);
    }

    internal static Ok<AdvisoryPage> List(string? build, string? limit, string? cursor, HttpContext context, AdvisoryCatalogue catalogue) =>
        TypedResults.Ok(catalogue.List(SightOf(context), build, Paging.Parse(limit, cursor)));

    internal static Ok<AdvisoryDetailView> Get(string id, string? revision, HttpContext context, AdvisoryCatalogue catalogue) =>
        TypedResults.Ok(catalogue.Find(SightOf(context), id, revision));

    internal static FileContentHttpResult GetDocument(string id, string? revision, HttpContext context, AdvisoryCatalogue catalogue) =>
        TypedResults.File(catalogue.FileOf(SightOf(context), id, revision), Json);

    internal static Ok<AdoptionView> GetAdoption(string id, HttpContext context, AdoptionReport report) => TypedResults.Ok(report.Of(CallerOf(context), id));

    private static AdvisorySight SightOf(HttpContext context) => AdvisorySight.Of(CallerOf(context));

    private static Caller? CallerOf(HttpContext context) => context.User.Identity?.IsAuthenticated == true ? Caller.Of(context.User) : null;
}
