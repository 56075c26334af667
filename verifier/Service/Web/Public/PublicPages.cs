using IotAttest.Service.Access;
using IotAttest.Service.Audit;
using IotAttest.Service.Verification;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace IotAttest.Service.Web.Public;

/// <summary>The registry for everybody: no login, no JavaScript needed, nothing about single boards.</summary>
internal static class PublicPages
{
    /// <summary>What a form with one file adds to it.</summary>
    private const int FormOverhead = 64 * 1024;

    public static void MapPublicPages(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder pages = routes.MapGroup("").ForAnybody().WithSession().LimitedAsPage().ExcludeFromDescription();
        pages.MapGet("/", PageResult () => PageResult.Of<SearchPage>());
        pages.MapGet("/certificates/{id}", PageResult (string id) => PageResult.Of<CertificateSheet>((nameof(CertificateSheet.Id), id)));
        pages.MapGet("/builds/{id}", PageResult (string id) => PageResult.Of<BuildSheet>((nameof(BuildSheet.Id), id)));
        pages.MapGet("/verify", PageResult () => PageResult.Of<VerifyPage>());
        pages.MapPost("/verify", VerifyAsync).WithMetadata(new ReadOnlyRoute(), new RequestSizeLimitAttribute(UploadReader.MaxBytes + FormOverhead));
        pages.MapGet("/recognition", PageResult () => PageResult.Of<RecognitionPage>());
        pages.MapGet("/changes", PageResult () => PageResult.Of<ChangesPage>());
        pages.MapGet("/data", PageResult () => PageResult.Of<DataPage>());
        pages.MapGet("/data/openapi", PageResult () => PageResult.Of<OpenApiPage>());
        pages.MapGet("/criteria", PageResult () => PageResult.Of<CrosswalkPage>());
        pages.MapGet("/criteria/{scheme}", PageResult (string scheme) => PageResult.Of<CriteriaPage>((nameof(CriteriaPage.Id), scheme)));
        pages.MapGet("/log", PageResult () => PageResult.Of<LogSheet>());
        pages.MapGet("/log/{seq}", PageResult (string seq) => PageResult.Of<LogEntryPage>((nameof(LogEntryPage.Number), seq)));
        pages.MapGet("/advisories", PageResult () => PageResult.Of<AdvisoriesPage>());
        pages.MapGet("/advisories/{id}", PageResult (string id) => PageResult.Of<AdvisorySheet>((nameof(AdvisorySheet.Id), id)));
        pages.MapGet("/laboratories", PageResult () => PageResult.Of<LaboratoriesPage>());
        pages.MapGet("/evaluations", PageResult () => PageResult.Of<EvaluationsPage>());
    }

    internal static async Task<IResult> VerifyAsync(HttpRequest request, FileInspector inspector, CancellationToken cancellation)
    {
        if (await UploadReader.ReadAsync(request, cancellation) is not { } upload)
        {
            return PageResult.Of<VerifyPage>();
        }

        request.HttpContext.Features.Set(inspector.Inspect(upload.File, upload.Digest));
        return PageResult.Of<VerifyPage>();
    }
}
