using IotAttest.Service.Access;
using IotAttest.Service.Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IotAttest.Service.Products;

/// <summary><c>GET /v1/builds/{id}/coverage</c>: public, as the certificates it is computed from.</summary>
internal static class CoverageRoutes
{
    public static void MapCoverage(this IEndpointRouteBuilder routes) => routes.MapGet("/v1/builds/{id}/coverage", Get).WithTags("Products").ForAnybody();

    internal static Ok<CoverageView> Get(string id, string? jurisdiction, string? at, CoverageCatalogue catalogue, TimeProvider clock) =>
        TypedResults.Ok(catalogue.Of(id, jurisdiction, MomentText.ParsePast(at, clock.GetUtcNow())));
}
