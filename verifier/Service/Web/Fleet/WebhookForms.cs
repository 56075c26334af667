using System.Globalization;
using IotAttest.Service.Access;
using IotAttest.Service.Events;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;
using IotAttest.Service.Web.Desk;
using IotAttest.Service.Webhooks;
using Microsoft.AspNetCore.Http;

namespace IotAttest.Service.Web.Fleet;

/// <summary>Webhooks, made, tried, sent again and ended by forms.</summary>
internal static class WebhookForms
{
    public static Task<IResult> AddAsync(HttpContext context, WebhookTarget target, WebhookRegistry registry, CancellationToken cancellation) =>
        DeskForm.TakeAsync(context, PageResult.Of<WebhooksPage>(), async form =>
        {
            WebhookRequest request = WebhookRequest.Parse(FormFields.Json(new() { ["url"] = form["url"].ToString().Trim(), ["types"] = form["types"].OfType<string>().ToArray() }), target);
            WebhookView made = await registry.AddAsync(Caller.Of(context.User), request, cancellation);
            return PageResult.Of<WebhooksPage>((nameof(WebhooksPage.NewId), made.Id), (nameof(WebhooksPage.Secret), made.Secret));
        });

    public static Task<IResult> ActAsync(string id, string action, HttpContext context, WebhookRegistry registry, WebhookSender sender, EventFeed feed, TimeProvider clock, CancellationToken cancellation) =>
        DeskForm.TakeAsync(context, PageResult.Of<WebhooksPage>(), form => ActAsync(id, action, form, Caller.Of(context.User), registry, sender, feed, clock, cancellation));

    private static async Task<IResult> ActAsync(string id, string action, IFormCollection form, Caller caller, WebhookRegistry registry, WebhookSender sender, EventFeed feed, TimeProvider clock, CancellationToken cancellation)
    {
        switch (action)
        {
            case "test":
                WebhookRow webhook = registry.Find(caller, id);
                string? error = await sender.SendAsync(webhook, new EventView("test", "webhook.test", UtcText.Of(clock.GetUtcNow()), new { }), cancellation);
                return PageResult.Of<WebhooksPage>((nameof(WebhooksPage.TestedId), id), (nameof(WebhooksPage.TestError), error));
            case "delete":
                await registry.DeleteAsync(caller, id, cancellation);
                break;
            case "resume":
                await registry.ResumeAsync(caller, id, cancellation);
                break;
            case "replay":
                await registry.ReplayAsync(caller, id, Since(form, feed), cancellation);
                break;
            default:
                throw Refuse.NotFound("no such thing to do with a webhook", "test, replay, resume or delete");
        }

        return DeskForm.After("/fleet/webhooks", $"webhook-{action}");
    }

    private static long Since(IFormCollection form, EventFeed feed)
    {
        string since = form["since"].ToString();
        return ReplayRequest.Parse(FormFields.Json(new() { ["since"] = since.Length == 0 ? feed.Newest.ToString(CultureInfo.InvariantCulture) : since }), feed.Newest);
    }
}
