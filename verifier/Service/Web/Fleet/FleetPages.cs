using IotAttest.Service.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace IotAttest.Service.Web.Fleet;

/// <summary>The integrator's desk: boards, how they are and what to do, for whoever makes or runs them.</summary>
internal static class FleetPages
{
    private static readonly string[] Lookers = [Roles.Manufacturer, Roles.Integrator, Roles.Auditor];
    private static readonly string[] Deciders = [Roles.Manufacturer, Roles.Integrator];

    public static void MapFleetPages(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder pages = routes.MapGroup("/fleet").WithSession().ExcludeFromDescription();
        pages.MapGet("", PageResult () => PageResult.Of<FleetPage>()).ForRoles(Lookers);
        pages.MapGet("/devices/{ueid}", PageResult (string ueid) => PageResult.Of<DevicePage>((nameof(DevicePage.Ueid), ueid))).ForRoles(Lookers);
        pages.MapPost("/devices/{ueid}/group", DeviceForms.GroupAsync).ForRoles(Deciders);
        pages.MapPost("/devices/{ueid}/{action}", DeviceForms.DecideAsync).ForRoles(Deciders);
        MapAdding(pages);
        MapRest(pages);
    }

    private static void MapAdding(RouteGroupBuilder pages)
    {
        pages.MapGet("/add", PageResult () => PageResult.Of<AddPage>()).ForRoles(Deciders);
        pages.MapPost("/add", AddForms.EnrolAsync).ForRoles(Deciders);
        pages.MapPost("/add/certificate", AddForms.EnrolByCertificateAsync).ForRoles(Deciders);
        pages.MapGet("/add/find", AddForms.Find).ForRoles(Deciders);
        pages.MapGet("/add/{ueid}", PageResult (string ueid) => PageResult.Of<WaitPage>((nameof(WaitPage.Ueid), ueid))).ForRoles(Deciders);
        pages.MapGet("/bulk", PageResult () => PageResult.Of<BulkPage>()).ForRoles(Deciders);
        pages.MapPost("/bulk", BulkForms.EnrolAsync).WithMetadata(new RequestSizeLimitAttribute(BulkForms.MaxBytes)).ForRoles(Deciders);
    }

    private static void MapRest(RouteGroupBuilder pages)
    {
        pages.MapGet("/transfers", PageResult () => PageResult.Of<TransfersPage>()).ForRoles(Lookers);
        pages.MapPost("/transfers/{id}/{action}", TransferForms.AnswerAsync).ForRoles(Deciders);
        pages.MapGet("/tokens", PageResult () => PageResult.Of<TokensPage>()).ForRoles(Deciders);
        pages.MapPost("/tokens", TokenForms.AddAsync).ForRoles(Deciders);
        pages.MapPost("/tokens/{id}/revoke", TokenForms.RevokeAsync).ForRoles(Deciders);
        pages.MapGet("/webhooks", PageResult () => PageResult.Of<WebhooksPage>()).ForRoles(Deciders);
        pages.MapPost("/webhooks", WebhookForms.AddAsync).ForRoles(Deciders);
        pages.MapPost("/webhooks/{id}/{action}", WebhookForms.ActAsync).ForRoles(Deciders);
    }
}
