using System.Data.Common;
using IotAttest.Service.Access;
using IotAttest.Service.Hosting;
using IotAttest.Service.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Events;

/// <summary><c>GET /v1/events</c>: server-sent events (WHATWG HTML section 9.2), or a page of JSON for who asks for that.</summary>
internal static class EventRoutes
{
    private const string Json = "application/json";

    private static readonly string[] Listeners = [Roles.Manufacturer, Roles.Integrator, Roles.Auditor, Roles.Body, Roles.Laboratory];

    public static IServiceCollection AddEvents(this IServiceCollection services) => services
        .AddSingleton<EventFeed>()
        .AddHostedService(provider => provider.GetRequiredService<EventFeed>())
        .AddSingleton<EventStream>()
        .AddSingleton<ListenerCount>()
        .AddSingleton<AddressWatch>();

    public static void MapEvents(this IEndpointRouteBuilder routes) => routes.MapGet("/v1/events", Listen)
        .WithTags("Events")
        .ForRoles(Listeners)
        .WithSession();

    internal static IResult Listen(string? since, string? types, string? limit, HttpContext context, EventFeed feed, EventStream stream, ListenerCount listeners, BearerLogin login, Database database, CancellationToken cancellation)
    {
        // A browser that reconnects says where it was (WHATWG HTML section 9.2.4).
        string? last = context.Request.Headers["Last-Event-ID"];
        EventScope scope = EventScope.Of(Caller.Of(context.User));
        if (Negotiation.Wants(context, Json))
        {
            return ReadPage(scope, EventQuery.Parse(since ?? last ?? "0", types, limit, feed.Newest), database);
        }

        EventQuery query = EventQuery.Parse(last ?? since, types, limit, feed.Newest);
        context.Response.RegisterForDispose(listeners.Enter());
        return TypedResults.ServerSentEvents(stream.ListenAsync(scope, query, async stopping => MayListen(await login.CallerNowAsync(context.Request, stopping), scope), cancellation));
    }

    // The scope was taken from the login when the stream began: one that allows less now must listen anew.
    private static bool MayListen(Caller? caller, EventScope scope) => caller is not null && Listeners.Any(caller.Has) && EventScope.Of(caller) == scope;

    private static Ok<EventPage> ReadPage(EventScope scope, EventQuery query, Database database)
    {
        using DbConnection connection = database.Open();
        List<EventRow> rows = EventTable.Read(connection, scope, query);
        return TypedResults.Ok(new EventPage([.. rows.Select(row => row.ToView())], Paging.CursorOf(rows.Count > 0 ? rows[^1].Seq : query.After)));
    }
}
