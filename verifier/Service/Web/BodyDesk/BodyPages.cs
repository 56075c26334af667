using System.Text.Json.Nodes;
using IotAttest.Service.Access;
using IotAttest.Service.Cases;
using IotAttest.Service.Certificates;
using IotAttest.Service.Certificates.Applications;
using IotAttest.Service.Surveillance;
using IotAttest.Service.Web.Desk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IotAttest.Service.Web.BodyDesk;

/// <summary>The desk of a certification body. Its forms become the JSON of the API and go the same way.</summary>
internal static class BodyPages
{
    public const string Root = "/desk/body";

    public static void MapBodyDesk(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder pages = routes.MapGroup(Root).ForRoles(Roles.Body).WithSession().LimitedAsPage().ExcludeFromDescription();
        pages.MapGet("", PageResult () => PageResult.Of<QueuePage>());
        pages.MapGet("/applications/{id}", ApplicationPage);
        pages.MapPost("/applications/{id}/decisions", DecideApplicationAsync);
        pages.MapGet("/certificates", PageResult () => PageResult.Of<CertificatesPage>());
        pages.MapGet("/certificates/{id}", CertificatePage);
        pages.MapGet("/certificates/{id}/surveillance.csv", Csv);
        pages.MapPost("/certificates/{id}/decisions", DecideAsync);
        pages.MapPost("/certificates/{id}/confirm", ConfirmAsync);
        pages.MapGet("/cases", PageResult () => PageResult.Of<CasesPage>());
        pages.MapGet("/cases/{id}", CasePage);
        pages.MapPost("/cases/{id}/actions", ActAsync);
        pages.MapGet("/laboratories", PageResult () => PageResult.Of<LaboratoriesPage>());
    }

    public static string Certificate(string id) => $"{Root}/certificates/{Uri.EscapeDataString(id)}";

    internal static PageResult ApplicationPage(string id) => PageResult.Of<ApplicationPage>((nameof(BodyDesk.ApplicationPage.Id), id));

    internal static PageResult CertificatePage(string id) => PageResult.Of<CertificatePage>((nameof(BodyDesk.CertificatePage.Id), id));

    internal static PageResult CasePage(string id) => PageResult.Of<CasePage>((nameof(BodyDesk.CasePage.Id), id));

    internal static FileContentHttpResult Csv(string id, HttpContext context, SurveillanceReport report) =>
        TypedResults.File(SurveillanceCsv.Write(report.Of(Caller.Of(context.User), id)), SurveillanceCsv.MediaType, "surveillance.csv");

    internal static Task<IResult> DecideApplicationAsync(string id, HttpContext context, ApplicationRegistry registry, CancellationToken cancellation) =>
        DeskForm.TakeAsync(context, ApplicationPage(id), async form =>
        {
            FormJson json = new FormJson(form).Texts("decision", "reason", "laboratory").Flag("isPublic");
            await registry.DecideAsync(Caller.Of(context.User), ApplicationRoutes.NumberOf(id), ApplicationStepRequest.Parse(json.Read(context)), cancellation);
            return DeskForm.After($"{Root}/applications/{id}", form["decision"].ToString());
        });

    internal static Task<IResult> DecideAsync(string id, HttpContext context, CertificateRegistry registry, CancellationToken cancellation) =>
        DeskForm.TakeAsync(context, CertificatePage(id), async form =>
        {
            FormJson json = new FormJson(form).Texts("decision", "reason", "until").Lines("actions").Flag("actionsVerified");
            RegistryChange change = await registry.DecideAsync(Caller.Of(context.User), id, CertificateDecisionRequest.Parse(json.Read(context)), cancellation);
            return DeskForm.After(Certificate(id), change.Proposal is null ? "decided" : "proposed");
        });

    /// <summary>The second person, from the queue: the certificate that a proposal would issue has no page yet.</summary>
    internal static Task<IResult> ConfirmAsync(string id, HttpContext context, CertificateRegistry registry, CancellationToken cancellation) =>
        DeskForm.TakeAsync(context, PageResult.Of<QueuePage>(), async form =>
        {
            FormJson json = new FormJson(form).With("decision", (JsonNode)"confirm").Number("proposal");
            await registry.DecideAsync(Caller.Of(context.User), id, CertificateDecisionRequest.Parse(json.Read(context)), cancellation);
            return DeskForm.After(Certificate(id), "confirmed");
        });

    internal static Task<IResult> ActAsync(string id, HttpContext context, CaseRegistry registry, CancellationToken cancellation) =>
        DeskForm.TakeAsync(context, CasePage(id), async form =>
        {
            FormJson json = new FormJson(form).Texts("action", "person", "clock", "outcome", "rationalePublic", "rationaleConfidential", "dissent");
            await registry.ActAsync(Caller.Of(context.User), CaseRoutes.NumberOf(id), CaseActionRequest.Parse(json.Read(context)), cancellation);
            return DeskForm.After($"{Root}/cases/{id}", form["action"].ToString());
        });
}
