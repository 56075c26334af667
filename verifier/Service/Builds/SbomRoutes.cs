using IotAttest.Domain.Sbom;
using IotAttest.Service.Access;
using IotAttest.Service.Advisories;
using IotAttest.Service.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IotAttest.Service.Builds;

internal static class SbomRoutes
{
    private const string Json = "application/json";
    private const string CycloneDx = "application/vnd.cyclonedx+json";
    private const string Spdx = "application/spdx+json";

    public static void MapSboms(this RouteGroupBuilder builds)
    {
        builds.MapPost("/{id}/sbom", UploadAsync).Accepts<byte[]>(Json, CycloneDx, Spdx).ForRoles(Roles.Manufacturer);
        builds.MapGet("/{id}/sbom", Get).ForRoles(Roles.Manufacturer, Roles.Body, Roles.Auditor);
    }

    internal static async Task<Results<Created<BuildDetailView>, Ok<BuildDetailView>>> UploadAsync(string id, HttpRequest request, SbomRegistry registry, BuildCatalogue catalogue, AdvisoryCatalogue advisories, CancellationToken cancellation)
    {
        // Larger than whatever else this API takes; the caller is a manufacturer by now.
        request.HttpContext.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = SbomReader.MaxBytes;
        ReadOnlyMemory<byte> file = await RequestBody.ReadAsync(request, SbomReader.MaxBytes, cancellation);
        bool isNew = await registry.UploadAsync(Caller.Of(request.HttpContext.User), id, file.ToArray(), cancellation);
        BuildDetailView view = catalogue.Find(id).WithWarnings(advisories.WarningsOf(id));
        return isNew ? TypedResults.Created($"/v1/builds/{id}/sbom", view) : TypedResults.Ok(view);
    }

    internal static FileContentHttpResult Get(string id, HttpContext context, SbomRegistry registry) =>
        TypedResults.File(registry.FileOf(Caller.Of(context.User), id), Json);
}
