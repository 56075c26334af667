using System.Text;
using System.Text.Json;
using IotAttest.Service.Certificates;
using IotAttest.Service.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Registry;

/// <summary>All certificates as one file, read and sent page by page: what is held in memory does not grow with the registry.</summary>
internal sealed class ExportResult(bool asCsv) : IResult
{
    private static readonly string[] Header =
    [
        "id", "status", "inForce", "scheme", "level", "evaluationType", "body", "holder", "build", "class", "validFrom", "validUntil", "statusSince", "supersedes", "supersededBy",
        "patchPolicy", "categories", "manifestSha256", "corimSha256", "submittedAt", "asOf",
    ];

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        HttpResponse response = httpContext.Response;
        response.ContentType = asCsv ? "text/csv; charset=utf-8; header=present" : "application/jsonl; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=certificates.{(asCsv ? "csv" : "jsonl")}";
        CertificateCatalogue catalogue = httpContext.RequestServices.GetRequiredService<CertificateCatalogue>();
        await WriteAsync(response, asCsv ? CsvLine.Of(Header) : "", httpContext.RequestAborted);
        string? cursor = null;
        do
        {
            CertificatePage page = catalogue.List(new CertificateFilter(null, null, null, null, Paging.Parse("1000", cursor)));
            await WriteAsync(response, string.Concat(page.Certificates.Select(view => asCsv ? Csv(view) : Json(view))), httpContext.RequestAborted);
            cursor = page.Next;
        }
        while (cursor is not null);
    }

    private static string Json(CertificateView view) => JsonSerializer.Serialize(view, JsonSerializerOptions.Web) + "\n";

    private static string Csv(CertificateView view) => CsvLine.Of(
    [
        view.Id, view.Status, view.InForce ? "true" : "false", view.Scheme, view.Level, view.EvaluationType, view.Body, view.Holder, view.Build, view.Class.ToString(), view.ValidFrom, view.ValidUntil,
        view.StatusSince, view.Supersedes, view.SupersededBy, view.PatchPolicy, string.Join(' ', view.Categories), view.ManifestSha256, view.CorimSha256, view.SubmittedAt, view.AsOf,
    ]);

    private static Task WriteAsync(HttpResponse response, string text, CancellationToken cancellation) => response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation).AsTask();
}
