using IotAttest.Domain.Certificates.Schemes;
using IotAttest.Domain.Crosswalk;
using IotAttest.Service.Access;
using IotAttest.Service.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IotAttest.Service.Certificates.Crosswalk;

/// <summary>The criteria that are open to everyone: what schemes ask, and what other sources say about the same.</summary>
internal static class CrosswalkRoutes
{
    public static void MapCrosswalk(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/crosswalk", Crosswalk).WithTags("Certificates").ForAnybody();
        routes.MapGet("/v1/schemes/{id}/requirements", Requirements).WithTags("Certificates").ForAnybody();
    }

    internal static Ok<CrosswalkView> Crosswalk() => TypedResults.Ok(CrosswalkView.Of(CrosswalkData.Default));

    internal static Ok<SchemeRequirementsView> Requirements(string id) => SchemeCatalogue.Default.Find(id) is { } scheme
        ? TypedResults.Ok(SchemeRequirementsView.Of(scheme, CrosswalkData.Default))
        : throw Refuse.NotFound("no scheme of that name", "one of GET /v1/schemes");
}
