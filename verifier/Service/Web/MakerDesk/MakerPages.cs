using System.Text.Json.Nodes;
using IotAttest.Domain.Sbom;
using IotAttest.Service.Access;
using IotAttest.Service.Advisories.Incidents;
using IotAttest.Service.Builds;
using IotAttest.Service.Certificates.Applications;
using IotAttest.Service.Problems;
using IotAttest.Service.Products;
using IotAttest.Service.Web.Desk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace IotAttest.Service.Web.MakerDesk;

/// <summary>The desk of a manufacturer. Its forms become the JSON of the API and go the same way.</summary>
internal static class MakerPages
{
    public const string Root = "/desk/manufacturer";

    private const int MaxSubmissionBytes = SbomReader.MaxBytes + (2 * 1024 * 1024);

    public static void MapMakerDesk(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder pages = routes.MapGroup(Root).ForRoles(Roles.Manufacturer).WithSession().LimitedAsPage().ExcludeFromDescription();
        pages.MapGet("", PageResult () => PageResult.Of<BuildsPage>());
        pages.MapGet("/builds/{id}", BuildPage);
        pages.MapPost("/builds/{id}/applications", ApplyAsync);
        pages.MapGet("/submit", PageResult () => PageResult.Of<SubmitPage>());
        pages.MapPost("/submit", SubmitAsync).WithMetadata(new RequestSizeLimitAttribute(MaxSubmissionBytes));
        pages.MapGet("/applications", PageResult () => PageResult.Of<ApplicationsPage>());
        pages.MapGet("/advisories", PageResult () => PageResult.Of<AdvisoriesPage>());
        pages.MapGet("/advisories/{id}", AdvisoryPage);
        pages.MapPost("/advisories/{id}/exploited", ExploitedAsync);
        pages.MapGet("/incidents", PageResult () => PageResult.Of<IncidentsPage>());
        pages.MapGet("/incidents/{id}", IncidentPage);
        pages.MapPost("/incidents/{id}/steps", StepAsync);
        pages.MapGet("/products", PageResult () => PageResult.Of<ProductsPage>());
        pages.MapPost("/products/{class}/support", SupportAsync);
        pages.MapGet("/labels", PageResult () => PageResult.Of<LabelsPage>());
        pages.MapGet("/labels/{id}", PageResult (string id) => PageResult.Of<LabelPage>((nameof(LabelPage.Id), id)));
    }

    public static string Build(string id) => $"{Root}/builds/{Uri.EscapeDataString(id)}";

    /// <summary>A build, for the desk of its maker.</summary>
    /// <exception cref="ProblemException">There is none, or it is another's.</exception>
    internal static BuildDetailView OwnBuild(Caller caller, BuildCatalogue builds, string id)
    {
        BuildDetailView build = builds.Find(id);
        return caller.ActsAs(Roles.Manufacturer, build.Manufacturer)
            ? build
            : throw Refuse.Forbidden($"the desk of {build.Manufacturer}, asked for by {caller.Name}", $"the token of {build.Manufacturer}");
    }

    internal static PageResult BuildPage(string id) => PageResult.Of<BuildPage>((nameof(MakerDesk.BuildPage.Id), id));

    internal static PageResult AdvisoryPage(string id) => PageResult.Of<AdvisoryPage>((nameof(MakerDesk.AdvisoryPage.Id), id));

    internal static PageResult IncidentPage(string id) => PageResult.Of<IncidentPage>((nameof(MakerDesk.IncidentPage.Id), id));

    /// <summary>Takes a manifest, and with it the bill of materials that it names.</summary>
    internal static Task<IResult> SubmitAsync(HttpContext context, BuildRegistry builds, SbomRegistry sboms, CancellationToken cancellation) =>
        DeskForm.TakeAsync(context, PageResult.Of<SubmitPage>(), async form =>
        {
            Caller caller = Caller.Of(context.User);
            byte[] manifest = await FormFile.ReadAsync(form, "manifest", Domain.Corim.CorimProfile.MaxFileBytes, cancellation);
            (string id, _) = await builds.SubmitAsync(caller, manifest, null, cancellation);
            if (form.Files.GetFile("sbom") is { Length: > 0 })
            {
                await sboms.UploadAsync(caller, id, await FormFile.ReadAsync(form, "sbom", SbomReader.MaxBytes, cancellation), cancellation);
            }

            return DeskForm.After(Build(id), "submitted");
        });

    internal static Task<IResult> ApplyAsync(string id, HttpContext context, BuildCatalogue builds, ApplicationRegistry registry, CancellationToken cancellation) =>
        DeskForm.TakeAsync(context, BuildPage(id), async form =>
        {
            OwnBuild(Caller.Of(context.User), builds, id);
            FormJson json = new FormJson(form).Texts("body", "scheme", "level", "summaryPlain").With("build", (JsonNode)id).With("answers", AnswerRows.Of(form));
            await registry.FileAsync(Caller.Of(context.User), ApplicationRequest.Parse(json.Read(context)), cancellation);
            return DeskForm.After($"{Root}/applications", "applied");
        });

    internal static Task<IResult> ExploitedAsync(string id, HttpContext context, IncidentRegistry registry, CancellationToken cancellation) =>
        DeskForm.TakeAsync(context, AdvisoryPage(id), async form =>
        {
            string incident = await registry.OpenExploitedAsync(Caller.Of(context.User), id, IncidentRequest.ParseExploited(new FormJson(form).Texts("reason").Read(context)), cancellation);
            return DeskForm.After($"{Root}/incidents/{incident}", "incident");
        });

    internal static Task<IResult> StepAsync(string id, HttpContext context, IncidentRegistry registry, CancellationToken cancellation) =>
        DeskForm.TakeAsync(context, IncidentPage(id), async form =>
        {
            await registry.RecordAsync(Caller.Of(context.User), id, StepRequest.Parse(new FormJson(form).Texts("step", "reason").Read(context)), cancellation);
            return DeskForm.After($"{Root}/incidents/{id}", "step");
        });

    internal static Task<IResult> SupportAsync(string @class, HttpContext context, ProductRegistry registry, CancellationToken cancellation) =>
        DeskForm.TakeAsync(context, PageResult.Of<ProductsPage>(), async form =>
        {
            SupportRequest wanted = SupportRequest.Parse(new FormJson(form).Texts("supportUntil", "reason").Read(context));
            await registry.ExtendAsync(Caller.Of(context.User), ClassRoutes.ClassOf(@class), wanted, cancellation);
            return DeskForm.After($"{Root}/products", "support");
        });
}
