using IotAttest.Service.Access;
using IotAttest.Service.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IotAttest.Service.Advisories.Incidents;

internal static class IncidentRoutes
{
    private const string Json = "application/json";

    public static void MapExploited(this RouteGroupBuilder advisories) =>
        advisories.MapPost("/{id}/exploited", OpenExploitedAsync).Accepts<IncidentRequest>(Json).ForRoles(Roles.Manufacturer);

    public static void MapIncidents(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/v1/incidents").WithTags("Incidents");
        group.MapPost("", OpenSevereAsync).Accepts<IncidentRequest>(Json).ForRoles(Roles.Manufacturer);
        group.MapGet("", List).ForRoles(Roles.Manufacturer, Roles.Auditor);
        group.MapGet("/{id}", Get).ForRoles(Roles.Manufacturer, Roles.Auditor);
        group.MapGet("/{id}/export", GetExport).ForRoles(Roles.Manufacturer, Roles.Auditor);
        group.MapPost("/{id}/steps", RecordAsync).Accepts<StepRequest>(Json).ForRoles(Roles.Manufacturer);
    }

    internal static async Task<Created<IncidentView>> OpenExploitedAsync(string id, HttpRequest request, IncidentRegistry registry, IncidentCatalogue catalogue, CancellationToken cancellation)
    {
        IncidentRequest wanted = IncidentRequest.ParseExploited(await RequestBody.ReadAsync(request, RequestBody.MaxJsonBytes, cancellation));
        Caller caller = Caller.Of(request.HttpContext.User);
        string incident = await registry.OpenExploitedAsync(caller, id, wanted, cancellation);
        return TypedResults.Created($"/v1/incidents/{incident}", catalogue.Find(caller, incident));
    }

    internal static async Task<Created<IncidentView>> OpenSevereAsync(HttpRequest request, IncidentRegistry registry, IncidentCatalogue catalogue, CancellationToken cancellation)
    {
        IncidentRequest wanted = IncidentRequest.ParseSevere(await RequestBody.ReadAsync(request, RequestBody.MaxJsonBytes, cancellation));
        Caller caller = Caller.Of(request.HttpContext.User);
        string incident = await registry.OpenSevereAsync(caller, wanted, cancellation);
        return TypedResults.Created($"/v1/incidents/{incident}", catalogue.Find(caller, incident));
    }

    internal static Ok<IncidentPage> List(string? limit, string? cursor, HttpContext context, IncidentCatalogue catalogue) =>
        TypedResults.Ok(catalogue.List(Caller.Of(context.User), Paging.Parse(limit, cursor)));

    internal static Ok<IncidentView> Get(string id, HttpContext context, IncidentCatalogue catalogue) => TypedResults.Ok(catalogue.Find(Caller.Of(context.User), id));

    internal static Ok<IncidentExport> GetExport(string id, HttpContext context, IncidentCatalogue catalogue) => TypedResults.Ok(catalogue.Export(Caller.Of(context.User), id));

    internal static async Task<Ok<IncidentView>> RecordAsync(string id, HttpRequest request, IncidentRegistry registry, IncidentCatalogue catalogue, CancellationToken cancellation)
    {
        StepRequest step = StepRequest.Parse(await RequestBody.ReadAsync(request, RequestBody.MaxJsonBytes, cancellation));
        Caller caller = Caller.Of(request.HttpContext.User);
        await registry.RecordAsync(caller, id, step, cancellation);
        return TypedResults.Ok(catalogue.Find(caller, id));
    }
}
