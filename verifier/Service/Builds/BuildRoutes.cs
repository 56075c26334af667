using IotAttest.Domain.Corim;
using IotAttest.Domain.Transparency;
using IotAttest.Service.Access;
using IotAttest.Service.Advisories;
using IotAttest.Service.Hosting;
using IotAttest.Service.Reference;
using IotAttest.Service.Transparency;
using IotAttest.Service.Web;
using IotAttest.Service.Web.Public;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Builds;

internal static class BuildRoutes
{
    public static IServiceCollection AddBuilds(this IServiceCollection services) =>
        services
        .AddSingleton<BuildRegistry>()
        .AddSingleton<BuildCatalogue>()
        .AddSingleton<MinimumRegistry>()
        .AddSingleton<SbomRegistry>()
        .AddSingleton<SbomComparison>()
        .AddSingleton<ComponentSearch>();

    public static void MapBuilds(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/v1/builds").WithTags("Builds");
        group.MapPost("", SubmitAsync).Accepts<byte[]>(SignedFileCheck.MediaType).ForRoles(Roles.Manufacturer);
        group.MapPost("/{id}/supersede", SupersedeAsync).Accepts<SupersedeRequest>("application/json").ForRoles(Roles.Manufacturer);
        group.MapPost("/{id}/retire", RetireAsync).Accepts<ReasonRequest>("application/json").ForRoles(Roles.Manufacturer);
        group.MapGet("", List).ForAnybody();
        group.MapGet("/{id}", Get).ForAnybody();
        group.MapSboms();
        routes.MapClasses();
    }

    internal static async Task<Results<Created<BuildDetailView>, Ok<BuildDetailView>>> SubmitAsync([AsParameters] ImportQuery import, HttpRequest request, BuildRegistry registry, BuildCatalogue catalogue, AdvisoryCatalogue advisories, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> file = await RequestBody.ReadAsync(request, CorimProfile.MaxFileBytes, cancellation);
        (string id, bool isNew) = await registry.SubmitAsync(Caller.Of(request.HttpContext.User), file.ToArray(), import.Parse(), cancellation);
        BuildDetailView view = catalogue.Find(id).WithWarnings(advisories.WarningsOf(id));
        return isNew ? TypedResults.Created($"/v1/builds/{id}", view) : TypedResults.Ok(view);
    }

    internal static async Task<Ok<BuildDetailView>> SupersedeAsync(string id, HttpRequest request, BuildRegistry registry, BuildCatalogue catalogue, CancellationToken cancellation)
    {
        (string by, TimeSpan grace) = SupersedeRequest.Parse(await RequestBody.ReadAsync(request, RequestBody.MaxJsonBytes, cancellation));
        await registry.SupersedeAsync(Caller.Of(request.HttpContext.User), id, by, grace, cancellation);
        return TypedResults.Ok(catalogue.Find(id));
    }

    internal static async Task<Ok<BuildDetailView>> RetireAsync(string id, HttpRequest request, BuildRegistry registry, BuildCatalogue catalogue, CancellationToken cancellation)
    {
        string reason = ReasonRequest.Parse(await RequestBody.ReadAsync(request, RequestBody.MaxJsonBytes, cancellation));
        await registry.RetireAsync(Caller.Of(request.HttpContext.User), id, reason, cancellation);
        return TypedResults.Ok(catalogue.Find(id));
    }

    /// <summary>Builds for everybody, by class, maker or digest. A question about components is answered to those who may see them.</summary>
    internal static Results<Ok<BuildPage>, Ok<DigestView>, Ok<ComponentSearchView>> List(
        [AsParameters] BuildQuery query, HttpContext context, BuildCatalogue catalogue, ComponentSearch search)
    {
        if (query.Digest is not null)
        {
            return TypedResults.Ok(catalogue.FindDigest(query.Digest));
        }

        Guid? classId = query.Class is null ? null : ClassRoutes.ClassOf(query.Class);
        if (query.Component is null)
        {
            return TypedResults.Ok(catalogue.List(classId, query.Manufacturer, Paging.Parse(query.Limit, query.Cursor)));
        }

        Caller? caller = context.User.Identity?.IsAuthenticated == true ? Caller.Of(context.User) : null;
        return TypedResults.Ok(search.Find(caller, query.Component, query.Below, query.Status, classId, query.Manufacturer));
    }

    internal static Results<Ok<BuildDetailView>, FileContentHttpResult, PageResult> Get(string id, HttpContext context, BuildCatalogue catalogue, TransparencyLog log)
    {
        if (Negotiation.PrefersHtml(context))
        {
            return PageResult.Of<BuildSheet>((nameof(BuildSheet.Id), id));
        }

        if (Negotiation.Wants(context, TransparentStatement.ContentType))
        {
            return TypedResults.File(log.Statement(TransparencyLog.BuildKind, id), TransparentStatement.ContentType);
        }

        return Negotiation.Wants(context, SignedFileCheck.MediaType)
            ? TypedResults.File(catalogue.FindFile(id), SignedFileCheck.MediaType)
            : TypedResults.Ok(catalogue.Find(id));
    }
}
