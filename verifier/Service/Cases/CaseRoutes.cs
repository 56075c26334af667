using System.Globalization;
using IotAttest.Service.Access;
using IotAttest.Service.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Cases;

/// <summary>Cases: non-conformities, appeals, complaints, renewals.</summary>
internal static class CaseRoutes
{
    public static IServiceCollection AddCases(this IServiceCollection services) => services
        .AddSingleton<CaseRegistry>()
        .AddSingleton<CaseCatalogue>()
        .AddSingleton<RenewalWatch>()
        .AddHostedService(provider => provider.GetRequiredService<RenewalWatch>());

    public static void MapCases(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/v1/cases").WithTags("Cases");
        group.MapPost("", OpenAsync).Accepts<CaseRequest>("application/json").ForRoles([.. Roles.OfOrganisations]);
        group.MapPost("/{id}/actions", ActAsync).Accepts<CaseActionRequest>("application/json").ForRoles([.. Roles.OfOrganisations]);
        group.MapGet("", List).ForRoles([.. Roles.OfOrganisations]);
        group.MapGet("/{id}", Get).ForRoles([.. Roles.OfOrganisations]);
    }

    internal static async Task<Created<CaseView>> OpenAsync(HttpRequest request, CaseRegistry registry, CaseCatalogue catalogue, CancellationToken cancellation)
    {
        CaseRequest wanted = CaseRequest.Parse(await RequestBody.ReadAsync(request, RequestBody.MaxJsonBytes, cancellation));
        Caller caller = Caller.Of(request.HttpContext.User);
        CaseView view = catalogue.Find(caller, await registry.OpenAsync(caller, wanted, cancellation));
        return TypedResults.Created($"/v1/cases/{view.Id}", view);
    }

    internal static async Task<Ok<CaseView>> ActAsync(string id, HttpRequest request, CaseRegistry registry, CaseCatalogue catalogue, CancellationToken cancellation)
    {
        CaseActionRequest action = CaseActionRequest.Parse(await RequestBody.ReadAsync(request, RequestBody.MaxJsonBytes, cancellation));
        Caller caller = Caller.Of(request.HttpContext.User);
        long number = NumberOf(id);
        await registry.ActAsync(caller, number, action, cancellation);
        return TypedResults.Ok(catalogue.Find(caller, number));
    }

    internal static Ok<CasePage> List(HttpContext context, string? type, string? state, string? certificate, string? limit, string? cursor, CaseCatalogue catalogue) =>
        TypedResults.Ok(catalogue.List(Caller.Of(context.User), CaseFilter.Parse(type, state, certificate, limit, cursor)));

    internal static Ok<CaseView> Get(string id, HttpContext context, CaseCatalogue catalogue) => TypedResults.Ok(catalogue.Find(Caller.Of(context.User), NumberOf(id)));

    internal static long NumberOf(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : throw CaseCatalogue.NoSuch();
}
