using System.Globalization;
using IotAttest.Service.Access;
using IotAttest.Service.Access.Sessions;
using IotAttest.Service.Events;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;
using IotAttest.Service.Webhooks;
using Microsoft.AspNetCore.Http;

namespace IotAttest.Service.Web.Fleet;

/// <summary>Webhooks, made, tried, sent again and ended by forms.</summary>
internal static class WebhookForms
{
    public static async Task<PageResult> AddAsync(HttpContext context, WebhookTarget target, WebhookRegistry registry, CancellationToken cancellation)
    {
        IFormCollection form = await FormGuard.ReadAsync(context);
        WebhookRequest request = WebhookRequest.Parse(FormFields.Json(new() { ["url"] = form["url"].ToString().Trim(), ["types"] = form["types"].OfType<string>().ToArray() }), target);
        WebhookView made = await registry.AddAsync(Caller.Of(context.User), request, cancellation);
        return PageResult.Of<WebhooksPage>((nameof(WebhooksPage.NewId), made.Id), (nameof(WebhooksPage.Secret), made.Secret));
    }

    public static async Task<IResult> ActAsync(string id, string action, HttpContext context, WebhookRegistry registry, WebhookSender sender, EventFeed feed, TimeProvider clock, CancellationToken cancellation)
    {
        Caller caller = Caller.Of(context.User);
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
                await registry.ReplayAsync(caller, id, await SinceAsync(context, feed), cancellation);
                break;
            default:
                throw Refuse.NotFound("no such thing to do with a webhook", "test, replay, resume or delete");
        }

        return SeeOther.To($"/fleet/webhooks?done=webhook-{action}");
    }

    private static async Task<long> SinceAsync(HttpContext context, EventFeed feed)
    {
        string since = (await FormGuard.ReadAsync(context))["since"].ToString();
        return ReplayRequest.Parse(FormFields.Json(new() { ["since"] = since.Length == 0 ? feed.Newest.ToString(CultureInfo.InvariantCulture) : since }), feed.Newest);
    }
}
