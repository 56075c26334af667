using IotAttest.Domain.Corim;
using IotAttest.Service.Access;
using IotAttest.Service.Hosting;
using IotAttest.Service.Reference;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Certificates;

internal static class CertificateRoutes
{
    private const string Cose = "application/cose";

    public static IServiceCollection AddCertificates(this IServiceCollection services) =>
        services.AddSingleton<CertificateRegistry>().AddSingleton<CertificateCatalogue>();

    public static void MapCertificates(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/v1/certificates").WithTags("Certificates");
        group.MapPost("", SubmitAsync).Accepts<byte[]>(SignedFileCheck.MediaType).ForRoles(Roles.Body);
        group.MapPost("/{id}/decisions", DecideAsync).Accepts<CertificateDecisionRequest>("application/json").ForRoles(Roles.Body);
        group.MapGet("", List).ForAnybody();
        group.MapGet("/{id}", Get).ForAnybody();
        group.MapGet("/{id}/history", History).ForAnybody();
    }

    internal static async Task<Results<Created<CertificateView>, Ok<CertificateView>>> SubmitAsync(HttpRequest request, CertificateRegistry registry, CertificateCatalogue catalogue, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> file = await RequestBody.ReadAsync(request, CorimProfile.MaxFileBytes, cancellation);
        (string id, bool isNew) = await registry.SubmitAsync(Caller.Of(request.HttpContext.User), file.ToArray(), cancellation);
        CertificateView view = catalogue.Find(id);
        return isNew ? TypedResults.Created($"/v1/certificates/{id}", view) : TypedResults.Ok(view);
    }

    internal static async Task<Ok<CertificateView>> DecideAsync(string id, HttpRequest request, CertificateRegistry registry, CertificateCatalogue catalogue, CancellationToken cancellation)
    {
        CertificateDecisionRequest decision = CertificateDecisionRequest.Parse(await RequestBody.ReadAsync(request, RequestBody.MaxJsonBytes, cancellation));
        await registry.DecideAsync(Caller.Of(request.HttpContext.User), id, decision, cancellation);
        return TypedResults.Ok(catalogue.Find(id));
    }

    internal static Ok<CertificatePage> List(string? build, string? body, string? scheme, string? manufacturer, string? limit, string? cursor, CertificateCatalogue catalogue) =>
        TypedResults.Ok(catalogue.List(new CertificateFilter(build, body, scheme, manufacturer, Paging.Parse(limit, cursor))));

    internal static Results<Ok<CertificateView>, FileContentHttpResult> Get(string id, HttpContext context, CertificateCatalogue catalogue) =>
        Negotiation.Wants(context, SignedFileCheck.MediaType, Cose)
            ? TypedResults.File(catalogue.FindFile(id), SignedFileCheck.MediaType)
            : TypedResults.Ok(catalogue.Find(id));

    internal static Ok<CertificateHistoryView> History(string id, CertificateCatalogue catalogue) => TypedResults.Ok(catalogue.History(id));
}
