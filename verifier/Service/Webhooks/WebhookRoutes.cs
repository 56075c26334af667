using IotAttest.Service.Access;
using IotAttest.Service.Events;
using IotAttest.Service.Health;
using IotAttest.Service.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Webhooks;

/// <summary><c>/v1/webhooks</c>: events by HTTP POST, signed after Standard Webhooks.</summary>
internal static class WebhookRoutes
{
    private static readonly string[] Listeners = [Roles.Manufacturer, Roles.Integrator, Roles.Auditor, Roles.Body, Roles.Laboratory];

    public static IServiceCollection AddWebhooks(this IServiceCollection services) => services
        .AddSingleton<WebhookTarget>()
        .AddSingleton<WebhookSender>()
        .AddSingleton<WebhookLogins>()
        .AddSingleton<WebhookRegistry>()
        .AddSingleton<WebhookMetrics>()
        .AddSingleton<IMetricSource>(provider => provider.GetRequiredService<WebhookMetrics>())
        .AddHostedService<WebhookDispatcher>();

    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/v1/webhooks").WithTags("Webhooks");
        group.MapPost("", AddAsync).Accepts<WebhookRequest>("application/json").ForRoles(Listeners);
        group.MapGet("", List).ForRoles(Listeners);
        group.MapDelete("/{id}", DeleteAsync).ForRoles(Listeners);
        group.MapGet("/{id}/dead-letters", DeadLetters).ForRoles(Listeners);
        group.MapPost("/{id}/replay", ReplayAsync).Accepts<object>("application/json").ForRoles(Listeners);
        group.MapPost("/{id}/test", TestAsync).ForRoles(Listeners);
        group.MapPost("/{id}/resume", ResumeAsync).ForRoles(Listeners);
    }

    internal static async Task<Created<WebhookView>> AddAsync(HttpRequest request, WebhookTarget target, WebhookRegistry registry, CancellationToken cancellation)
    {
        WebhookRequest wanted = WebhookRequest.Parse(await RequestBody.ReadAsync(request, RequestBody.MaxJsonBytes, cancellation), target);
        WebhookView view = await registry.AddAsync(Caller.Of(request.HttpContext.User), wanted, cancellation);
        return TypedResults.Created($"/v1/webhooks/{view.Id}", view);
    }

    internal static Ok<WebhookList> List(HttpContext context, WebhookRegistry registry) => TypedResults.Ok(new WebhookList(registry.List(Caller.Of(context.User))));

    internal static async Task<NoContent> DeleteAsync(string id, HttpContext context, WebhookRegistry registry, CancellationToken cancellation)
    {
        await registry.DeleteAsync(Caller.Of(context.User), id, cancellation);
        return TypedResults.NoContent();
    }

    internal static Ok<DeadLetterList> DeadLetters(string id, HttpContext context, WebhookRegistry registry) =>
        TypedResults.Ok(new DeadLetterList(registry.DeadLetters(Caller.Of(context.User), id)));

    internal static async Task<Accepted> ReplayAsync(string id, HttpRequest request, WebhookRegistry registry, EventFeed feed, CancellationToken cancellation)
    {
        long since = ReplayRequest.Parse(await RequestBody.ReadAsync(request, RequestBody.MaxJsonBytes, cancellation), feed.Newest);
        await registry.ReplayAsync(Caller.Of(request.HttpContext.User), id, since, cancellation);
        return TypedResults.Accepted((string?)null);
    }

    /// <summary>For a webhook that stopped because the login behind it ended.</summary>
    internal static async Task<Ok<WebhookView>> ResumeAsync(string id, HttpContext context, WebhookRegistry registry, CancellationToken cancellation) =>
        TypedResults.Ok(await registry.ResumeAsync(Caller.Of(context.User), id, cancellation));

    /// <summary>Sends <c>webhook.test</c> now and says how it went.</summary>
    internal static async Task<Ok<TestOutcome>> TestAsync(string id, HttpContext context, WebhookRegistry registry, WebhookSender sender, TimeProvider clock, CancellationToken cancellation)
    {
        WebhookRow webhook = registry.Find(Caller.Of(context.User), id);
        string? error = await sender.SendAsync(webhook, new EventView("test", "webhook.test", UtcText.Of(clock.GetUtcNow()), new { }), cancellation);
        return TypedResults.Ok(new TestOutcome(error is null, error));
    }
}
