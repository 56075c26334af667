using IotAttest.Service.Access;
using IotAttest.Service.Builds;
using IotAttest.Service.Certificates;
using IotAttest.Service.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Products;

/// <summary><c>/v1/products</c>: what makers say publicly of their product models, and how long they support them.</summary>
internal static class ProductRoutes
{
    public static IServiceCollection AddProducts(this IServiceCollection services) => services
        .AddSingleton<ProductRegistry>()
        .AddSingleton<ProductCatalogue>()
        .AddSingleton<ComponentRegistry>()
        .AddSingleton<ComponentCatalogue>()
        .AddSingleton<CoverageCatalogue>()
        .AddHostedService<SupportClock>();

    public static void MapProducts(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/v1/products").WithTags("Products");
        group.MapPut("/{class}", SetAsync).Accepts<ProductRequest>("application/json").ForRoles(Roles.Manufacturer);
        group.MapPost("/{class}/support", ExtendAsync).Accepts<SupportRequest>("application/json").ForRoles(Roles.Manufacturer);
        group.MapGet("", List).ForAnybody();
        group.MapGet("/{class}", Get).ForAnybody();
        group.MapGet("/{class}/history", History).ForAnybody();
        routes.MapComponents();
        routes.MapCoverage();
    }

    internal static async Task<Results<Created<ProductView>, Ok<ProductView>>> SetAsync(string @class, HttpRequest request, ProductRegistry registry, ProductCatalogue catalogue, CancellationToken cancellation)
    {
        Guid classId = ClassRoutes.ClassOf(@class);
        ProductRequest wanted = ProductRequest.Parse(await RequestBody.ReadAsync(request, RequestBody.MaxJsonBytes, cancellation));
        bool isNew = await registry.SetAsync(Caller.Of(request.HttpContext.User), classId, wanted, cancellation);
        ProductView view = catalogue.Find(classId);
        return isNew ? TypedResults.Created($"/v1/products/{classId:D}", view) : TypedResults.Ok(view);
    }

    internal static async Task<Ok<ProductView>> ExtendAsync(string @class, HttpRequest request, ProductRegistry registry, ProductCatalogue catalogue, CancellationToken cancellation)
    {
        Guid classId = ClassRoutes.ClassOf(@class);
        SupportRequest wanted = SupportRequest.Parse(await RequestBody.ReadAsync(request, RequestBody.MaxJsonBytes, cancellation));
        await registry.ExtendAsync(Caller.Of(request.HttpContext.User), classId, wanted, cancellation);
        return TypedResults.Ok(catalogue.Find(classId));
    }

    internal static Ok<ProductPage> List(string? manufacturer, string? limit, string? cursor, ProductCatalogue catalogue) =>
        TypedResults.Ok(catalogue.List(manufacturer, Paging.Parse(limit, cursor)));

    internal static Ok<ProductView> Get(string @class, string? at, ProductCatalogue catalogue, TimeProvider clock) =>
        TypedResults.Ok(catalogue.Find(ClassRoutes.ClassOf(@class), MomentText.ParsePast(at, clock.GetUtcNow())));

    internal static Ok<ProductHistoryView> History(string @class, string? at, ProductCatalogue catalogue, TimeProvider clock) =>
        TypedResults.Ok(catalogue.History(ClassRoutes.ClassOf(@class), MomentText.ParsePast(at, clock.GetUtcNow())));
}
