using IotAttest.Domain.Certificates;
using IotAttest.Domain.Corim;
using IotAttest.Domain.Transparency;
using IotAttest.Service.Access;
using IotAttest.Service.Certificates.Applications;
using IotAttest.Service.Certificates.Crosswalk;
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

namespace IotAttest.Service.Certificates;

internal static class CertificateRoutes
{
    private const string Cose = "application/cose";
    private const string Jwt = "application/jwt";
    private const string TypedJwt = $"application/{CertificateJwt.Type}";

    public static IServiceCollection AddCertificates(this IServiceCollection services) =>
        services.AddSingleton<CertificateRegistry>().AddSingleton<CertificateCatalogue>().AddSingleton<RecognitionReader>().AddSingleton<ApplicationRegistry>().AddSingleton<ApplicationCatalogue>().AddSingleton<Surveillance.SurveillanceReport>();

    public static void MapCertificates(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/v1/certificates").WithTags("Certificates");
        group.MapPost("", SubmitAsync).Accepts<byte[]>(SignedFileCheck.MediaType).ForRoles(Roles.Body);
        group.MapPost("/{id}/decisions", DecideAsync).Accepts<CertificateDecisionRequest>("application/json").ForRoles(Roles.Body);
        group.MapGet("/{id}/proposals", Proposals).ForRoles(Roles.Body, Roles.Auditor);
        group.MapGet("", List).ForAnybody();
        group.MapGet("/{id}", Get).ForAnybody();
        group.MapGet("/{id}/history", History).ForAnybody();
        routes.MapRecognition(group);
        routes.MapApplications();
        routes.MapCrosswalk();
    }

    internal static async Task<Results<Created<CertificateView>, Accepted<ProposalView>, Ok<CertificateView>>> SubmitAsync(
        HttpRequest request, CertificateRegistry registry, CertificateCatalogue catalogue, TimeProvider clock, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> file = await RequestBody.ReadAsync(request, CorimProfile.MaxFileBytes, cancellation);
        RegistryChange change = await registry.SubmitAsync(Caller.Of(request.HttpContext.User), file.ToArray(), cancellation);
        if (change.Proposal is { } proposal)
        {
            return Proposed(proposal, clock);
        }

        CertificateView view = catalogue.Find(change.Id);
        return change.IsNew ? TypedResults.Created($"/v1/certificates/{change.Id}", view) : TypedResults.Ok(view);
    }

    internal static async Task<Results<Ok<CertificateView>, Accepted<ProposalView>>> DecideAsync(
        string id, HttpRequest request, CertificateRegistry registry, CertificateCatalogue catalogue, TimeProvider clock, CancellationToken cancellation)
    {
        CertificateDecisionRequest decision = CertificateDecisionRequest.Parse(await RequestBody.ReadAsync(request, RequestBody.MaxJsonBytes, cancellation));
        RegistryChange change = await registry.DecideAsync(Caller.Of(request.HttpContext.User), id, decision, cancellation);
        return change.Proposal is { } proposal ? Proposed(proposal, clock) : TypedResults.Ok(catalogue.Find(change.Id));
    }

    internal static Ok<CertificatePage> List(string? build, string? body, string? scheme, string? manufacturer, string? limit, string? cursor, CertificateCatalogue catalogue) =>
        TypedResults.Ok(catalogue.List(new CertificateFilter(build, body, scheme, manufacturer, Paging.Parse(limit, cursor))));

    internal static Results<Ok<CertificateView>, FileContentHttpResult, ContentHttpResult, PageResult> Get(string id, string? at, HttpContext context, CertificateCatalogue catalogue, TransparencyLog log, TimeProvider clock)
    {
        DateTimeOffset? moment = MomentText.ParsePast(at, clock.GetUtcNow());
        if (Negotiation.PrefersHtml(context))
        {
            return PageResult.Of<CertificateSheet>((nameof(CertificateSheet.Id), id));
        }

        if (Negotiation.Wants(context, TransparentStatement.ContentType))
        {
            return TypedResults.File(log.Statement(TransparencyLog.CertificateKind, id), TransparentStatement.ContentType);
        }

        if (Negotiation.Wants(context, SignedFileCheck.MediaType, Cose))
        {
            return TypedResults.File(catalogue.FindFile(id), SignedFileCheck.MediaType);
        }

        return Negotiation.Wants(context, Jwt, TypedJwt)
            ? TypedResults.Text(catalogue.FindJwt(id, moment), Jwt)
            : TypedResults.Ok(catalogue.Find(id, moment));
    }

    internal static Ok<CertificateHistoryView> History(string id, string? at, CertificateCatalogue catalogue, TimeProvider clock) =>
        TypedResults.Ok(catalogue.History(id, MomentText.ParsePast(at, clock.GetUtcNow())));

    internal static Ok<ProposalListView> Proposals(string id, HttpContext context, CertificateCatalogue catalogue) =>
        TypedResults.Ok(catalogue.Proposals(Caller.Of(context.User), id));

    private static Accepted<ProposalView> Proposed(ProposalRow proposal, TimeProvider clock) =>
        TypedResults.Accepted($"/v1/certificates/{proposal.CertificateId}/proposals", ProposalView.Of(proposal, isConfirmed: false, clock.GetUtcNow()));
}
