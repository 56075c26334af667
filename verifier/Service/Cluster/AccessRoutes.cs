using System.Net;
using System.Text;
using IotAttest.Service.Access;
using IotAttest.Service.Audit;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Cluster;

/// <summary>Answers the nodes of a cluster: <c>allow</c> or <c>deny</c>. Whoever does not know the secret finds no route here.</summary>
/// <remarks>Under no limit per address: all boards ask from the addresses of a few nodes. The work of an answer is one hash.</remarks>
internal static class AccessRoutes
{
    private const int MaxBodyBytes = 4 * 1024;
    private const int MaxFields = 32;

    public static void MapCluster(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/v1/rabbitmq/{secret}").ForAnybody().ExcludeFromDescription();
        Map(group, "/user", (access, question) => access.MayLogIn(question));
        Map(group, "/vhost", (access, question) => access.MayEnter(question));
        Map(group, "/resource", (access, question) => access.MayUse(question));
        Map(group, "/topic", (access, question) => access.MayTopic(question));
    }

    private static void Map(RouteGroupBuilder group, string path, Func<BoardAccess, IReadOnlyDictionary<string, string>, bool> decide) =>
        group.MapPost(path, (string secret, HttpContext context) => AnswerAsync(secret, context, decide)).WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes), new ReadOnlyRoute());

    private static async Task<Results<ContentHttpResult, ProblemResult>> AnswerAsync(string secret, HttpContext context, Func<BoardAccess, IReadOnlyDictionary<string, string>, bool> decide)
    {
        // Not the path itself: it may be the secret with one letter missing.
        if (context.RequestServices.GetService<AccessSecret>()?.Is(secret) != true)
        {
            return new ProblemResult(Refuse.NotFound($"{context.Request.Method} under /v1/rabbitmq", "a route of this verifier").Problem with { Do = "Look for the route in /openapi/v1.json." });
        }

        Dictionary<string, string>? question = await ReadAsync(context.Request, context.RequestAborted);
        bool isAllowed = question is not null && decide(context.RequestServices.GetRequiredService<BoardAccess>(), question);
        context.RequestServices.GetRequiredService<AccessMetrics>().Count(isAllowed);
        return TypedResults.Text(isAllowed ? "allow" : "deny");
    }

    /// <returns>Null for a form with a field twice, with too many, or that is none.</returns>
    private static async Task<Dictionary<string, string>?> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> body = await RequestBody.ReadAsync(request, MaxBodyBytes, cancellation);
        Dictionary<string, string> fields = new(StringComparer.Ordinal);
        foreach (string pair in Encoding.UTF8.GetString(body.Span).Split('&', MaxFields))
        {
            string[] parts = pair.Split('=', 2);
            if (parts.Length != 2 || !fields.TryAdd(WebUtility.UrlDecode(parts[0]), WebUtility.UrlDecode(parts[1])))
            {
                return null;
            }
        }

        return fields;
    }
}
