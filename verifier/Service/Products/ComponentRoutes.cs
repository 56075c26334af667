using IotAttest.Service.Access;
using IotAttest.Service.Builds;
using IotAttest.Service.Certificates;
using IotAttest.Service.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IotAttest.Service.Products;

/// <summary>Components with certificates of their own: named by manufacturers, decided about by bodies, seen by everybody.</summary>
internal static class ComponentRoutes
{
    public static void MapComponents(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/v1").WithTags("Products");
        group.MapPut("/products/{class}/components", SetOfProductAsync).Accepts<ComponentListRequest>("application/json").ForRoles(Roles.Manufacturer);
        group.MapPut("/builds/{id}/components", SetOfBuildAsync).Accepts<ComponentListRequest>("application/json").ForRoles(Roles.Manufacturer);
        group.MapPost("/components/decisions", DecideAsync).Accepts<ComponentDecisionRequest>("application/json").ForRoles(Roles.Body);
        group.MapGet("/products/{class}/components", OfProduct).ForAnybody();
        group.MapGet("/builds/{id}/components", OfBuild).ForAnybody();
        group.MapGet("/components", Search).ForAnybody();
    }

    internal static async Task<Ok<ComponentListView>> SetOfProductAsync(string @class, HttpRequest request, ComponentRegistry registry, ComponentCatalogue catalogue, CancellationToken cancellation)
    {
        Guid classId = ClassRoutes.ClassOf(@class);
        ComponentListRequest list = ComponentListRequest.Parse(await RequestBody.ReadAsync(request, RequestBody.MaxJsonBytes, cancellation));
        await registry.SetOfProductAsync(Caller.Of(request.HttpContext.User), classId, list, cancellation);
        return TypedResults.Ok(catalogue.OfProduct(classId, null));
    }

    internal static async Task<Ok<ComponentListView>> SetOfBuildAsync(string id, HttpRequest request, ComponentRegistry registry, ComponentCatalogue catalogue, CancellationToken cancellation)
    {
        ComponentListRequest list = ComponentListRequest.Parse(await RequestBody.ReadAsync(request, RequestBody.MaxJsonBytes, cancellation));
        await registry.SetOfBuildAsync(Caller.Of(request.HttpContext.User), id, list, cancellation);
        return TypedResults.Ok(catalogue.OfBuild(id, null));
    }

    internal static async Task<Ok<ComponentSearchResult>> DecideAsync(HttpRequest request, ComponentRegistry registry, ComponentCatalogue catalogue, CancellationToken cancellation)
    {
        ComponentDecisionRequest decision = ComponentDecisionRequest.Parse(await RequestBody.ReadAsync(request, RequestBody.MaxJsonBytes, cancellation));
        await registry.DecideAsync(Caller.Of(request.HttpContext.User), decision, cancellation);
        return TypedResults.Ok(catalogue.Search(decision.Scheme, decision.Number));
    }

    internal static Ok<ComponentListView> OfProduct(string @class, string? at, ComponentCatalogue catalogue, TimeProvider clock) =>
        TypedResults.Ok(catalogue.OfProduct(ClassRoutes.ClassOf(@class), MomentText.ParsePast(at, clock.GetUtcNow())));

    internal static Ok<ComponentListView> OfBuild(string id, string? at, ComponentCatalogue catalogue, TimeProvider clock) =>
        TypedResults.Ok(catalogue.OfBuild(id, MomentText.ParsePast(at, clock.GetUtcNow())));

    internal static Ok<ComponentSearchResult> Search(string? scheme, string? number, ComponentCatalogue catalogue) => TypedResults.Ok(catalogue.Search(scheme, number));
}
