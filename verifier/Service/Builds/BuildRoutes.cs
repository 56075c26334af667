using IotAttest.Domain.Corim;
using IotAttest.Service.Access;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;
using IotAttest.Service.Reference;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Builds;

internal static class BuildRoutes
{
    public static IServiceCollection AddBuilds(this IServiceCollection services) =>
        services.AddSingleton<BuildRegistry>().AddSingleton<BuildCatalogue>();

    public static void MapBuilds(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/v1/builds").WithTags("Builds");
        group.MapPost("", SubmitAsync).Accepts<byte[]>(SignedFileCheck.MediaType).ForRoles(Roles.Manufacturer);
        group.MapPost("/{id}/supersede", SupersedeAsync).Accepts<SupersedeRequest>("application/json").ForRoles(Roles.Manufacturer);
        group.MapGet("", List).ForAnybody();
        group.MapGet("/{id}", Get).ForAnybody();
    }

    internal static async Task<Results<Created<BuildDetailView>, Ok<BuildDetailView>>> SubmitAsync(HttpRequest request, BuildRegistry registry, BuildCatalogue catalogue, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> file = await RequestBody.ReadAsync(request, CorimProfile.MaxFileBytes, cancellation);
        (string id, bool isNew) = await registry.SubmitAsync(Caller.Of(request.HttpContext.User), file.ToArray(), cancellation);
        BuildDetailView view = catalogue.Find(id);
        return isNew ? TypedResults.Created($"/v1/builds/{id}", view) : TypedResults.Ok(view);
    }

    internal static async Task<Ok<BuildDetailView>> SupersedeAsync(string id, HttpRequest request, BuildRegistry registry, BuildCatalogue catalogue, CancellationToken cancellation)
    {
        (string by, TimeSpan grace) = SupersedeRequest.Parse(await RequestBody.ReadAsync(request, RequestBody.MaxJsonBytes, cancellation));
        await registry.SupersedeAsync(Caller.Of(request.HttpContext.User), id, by, grace, cancellation);
        return TypedResults.Ok(catalogue.Find(id));
    }

    internal static Results<Ok<BuildPage>, Ok<DigestView>> List(string? @class, string? manufacturer, string? digest, string? limit, string? cursor, BuildCatalogue catalogue)
    {
        if (digest is not null)
        {
            return TypedResults.Ok(catalogue.FindDigest(digest));
        }

        Guid classId = default;
        if (@class is not null && !Guid.TryParseExact(@class, "D", out classId))
        {
            throw Refuse.Malformed("a class that is no UUID", "class=<UUID>", "Correct the filter.");
        }

        return TypedResults.Ok(catalogue.List(@class is null ? null : classId, manufacturer, Paging.Parse(limit, cursor)));
    }

    internal static Results<Ok<BuildDetailView>, FileContentHttpResult> Get(string id, HttpContext context, BuildCatalogue catalogue) =>
        Negotiation.Wants(context, SignedFileCheck.MediaType)
            ? TypedResults.File(catalogue.FindFile(id), SignedFileCheck.MediaType)
            : TypedResults.Ok(catalogue.Find(id));
}
