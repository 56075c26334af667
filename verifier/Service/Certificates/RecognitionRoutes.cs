using IotAttest.Domain.Certificates;
using IotAttest.Domain.Certificates.Schemes;
using IotAttest.Domain.Recognition;
using IotAttest.Service.Access;
using IotAttest.Service.Hosting;
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

    internal static Ok<RecognitionsView> Recognitions(string id, string? jurisdiction, string? at, CertificateCatalogue catalogue, TimeProvider clock)
    {
        DateTimeOffset now = clock.GetUtcNow();
        DateTimeOffset moment = MomentText.ParsePast(at, now) ?? now;
        (CertificateRow row, CertificateLife life) = catalogue.Read(id);
        RecognitionSubject subject = new(row.Scheme, row.Level, row.CategoryWords, life.At(moment));
        IEnumerable<RecognitionCell> cells = RecognitionCheck.Evaluate(subject, RecognitionRules.Default, SchemeCatalogue.Default, moment);
        return TypedResults.Ok(new RecognitionsView(row.Id, UtcText.Of(moment), [.. cells.Select(RecognitionView.Of).Where(view => Jurisdictions.Matches(view.Jurisdiction, jurisdiction))]));
    }

    internal static Ok<RecognitionRulesView> Rules(string? jurisdiction, string? at, TimeProvider clock)
    {
        DateTimeOffset now = clock.GetUtcNow();
        DateTimeOffset moment = MomentText.ParsePast(at, now) ?? now;
        IEnumerable<RecognitionRuleView> rules = RecognitionRules.Default.Select(rule => RecognitionRuleView.Of(rule, moment));
        return TypedResults.Ok(new RecognitionRulesView(UtcText.Of(moment), [.. rules.Where(rule => Jurisdictions.Matches(rule.To.Jurisdiction, jurisdiction))]));
    }

    internal static Ok<SchemeListView> Schemes() => TypedResults.Ok(new SchemeListView([.. SchemeCatalogue.Default.Schemes.Select(SchemeView.Of)]));
}
