using IotAttest.Domain.Certificates.Schemes;
using IotAttest.Service.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IotAttest.Service.Certificates;

/// <summary>What a certificate is worth elsewhere, and the data that says so. Evaluated for each request, never stored as a certificate.</summary>
internal static class RecognitionRoutes
{
    public static void MapRecognition(this IEndpointRouteBuilder routes, RouteGroupBuilder certificates)
    {
        certificates.MapGet("/{id}/recognitions", Recognitions).ForAnybody();
        routes.MapGet("/v1/recognition-rules", Rules).WithTags("Certificates").ForAnybody();
        routes.MapGet("/v1/schemes", Schemes).WithTags("Certificates").ForAnybody();
    }

    internal static Ok<RecognitionsView> Recognitions(string id, string? jurisdiction, string? at, RecognitionReader reader, TimeProvider clock)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return TypedResults.Ok(reader.Of(id, jurisdiction, MomentText.ParsePast(at, now) ?? now));
    }

    internal static Ok<RecognitionRulesView> Rules(string? jurisdiction, string? at, TimeProvider clock)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return TypedResults.Ok(RecognitionReader.Rules(jurisdiction, MomentText.ParsePast(at, now) ?? now));
    }

    internal static Ok<SchemeListView> Schemes() => TypedResults.Ok(new SchemeListView([.. SchemeCatalogue.Default.Schemes.Select(SchemeView.Of)]));
}
