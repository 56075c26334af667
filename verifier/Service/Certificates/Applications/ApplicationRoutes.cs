using IotAttest.Service.Access;
using IotAttest.Service.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IotAttest.Service.Certificates.Applications;

/// <summary>Applications: seen by holder, body, the laboratory that tests, operator and auditors.</summary>
internal static class ApplicationRoutes
{
    private static readonly string[] Parties = [Roles.Manufacturer, Roles.Body, Roles.Laboratory, Roles.Auditor];

    public static void MapApplications(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/v1/applications").WithTags("Applications");
        group.MapPost("", FileAsync).Accepts<ApplicationRequest>("application/json").ForRoles(Roles.Manufacturer);
        group.MapPost("/{id}/decisions", DecideAsync).Accepts<ApplicationStepRequest>("application/json").ForRoles(Roles.Body);
        group.MapGet("", List).ForRoles(Parties);
        group.MapGet("/{id}", Get).ForRoles(Parties);
        routes.MapGet("/v1/evaluations", Evaluations).WithTags("Applications").ForAnybody();
    }

    internal static async Task<Created<ApplicationView>> FileAsync(HttpRequest request, ApplicationRegistry registry, ApplicationCatalogue catalogue, CancellationToken cancellation)
    {
        ApplicationRequest wanted = ApplicationRequest.Parse(await RequestBody.ReadAsync(request, RequestBody.MaxJsonBytes, cancellation));
        Caller caller = Caller.Of(request.HttpContext.User);
        ApplicationView view = catalogue.Find(caller, await registry.FileAsync(caller, wanted, cancellation));
        return TypedResults.Created($"/v1/applications/{view.Id}", view);
    }

    internal static async Task<Ok<ApplicationView>> DecideAsync(string id, HttpRequest request, ApplicationRegistry registry, ApplicationCatalogue catalogue, CancellationToken cancellation)
    {
        ApplicationStepRequest wanted = ApplicationStepRequest.Parse(await RequestBody.ReadAsync(request, RequestBody.MaxJsonBytes, cancellation));
        Caller caller = Caller.Of(request.HttpContext.User);
        long number = NumberOf(id);
        await registry.DecideAsync(caller, number, wanted, cancellation);
        return TypedResults.Ok(catalogue.Find(caller, number));
    }

    internal static Ok<ApplicationPage> List(HttpContext context, string? limit, string? cursor, ApplicationCatalogue catalogue) =>
        TypedResults.Ok(catalogue.List(Caller.Of(context.User), Paging.Parse(limit, cursor)));

    internal static Ok<ApplicationView> Get(string id, HttpContext context, ApplicationCatalogue catalogue) => TypedResults.Ok(catalogue.Find(Caller.Of(context.User), NumberOf(id)));

    internal static Ok<EvaluationPage> Evaluations(string? limit, string? cursor, ApplicationCatalogue catalogue) => TypedResults.Ok(catalogue.Public(Paging.Parse(limit, cursor)));

    internal static long NumberOf(string id) =>
        long.TryParse(id, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long number) ? number : throw ApplicationCatalogue.NoSuch();
}
