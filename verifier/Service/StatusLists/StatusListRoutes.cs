using System.Globalization;
using IotAttest.Domain.StatusLists;
using IotAttest.Service.Access;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;
using IotAttest.Service.Results;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.StatusLists;

/// <summary><c>GET /v1/statuslists/{n}</c>: the status of all certificates in a few bytes, for programs that must not ask for each (IETF Token Status List).</summary>
internal static class StatusListRoutes
{
    public static IServiceCollection AddStatusLists(this IServiceCollection services) => services
        .AddSingleton<StatusListPublisher>()
        .AddHostedService(provider => provider.GetRequiredService<StatusListPublisher>());

    public static void MapStatusLists(this IEndpointRouteBuilder routes) => routes.MapGet("/v1/statuslists/{number}", Read).WithTags("Status lists").ForAnybody();

    internal static Results<ContentHttpResult, FileContentHttpResult> Read(string number, HttpContext context, StatusListPublisher publisher, VerifierKey key)
    {
        TokenStatusList list = (long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long asked) && asked < int.MaxValue ? publisher.Read(asked) : null)
            ?? throw Refuse.NotFound("no status list of that number", "a number that a certificate names in status.status_list.uri");
        context.Response.Headers.CacheControl = string.Create(CultureInfo.InvariantCulture, $"public, max-age={(int)TokenStatusList.TimeToLive.TotalSeconds}");

        // Section 8.1: what is not asked for otherwise is the JWT.
        return Negotiation.Wants(context, TokenStatusList.CwtType)
            ? TypedResults.File(list.ToCwt(key.Signer), TokenStatusList.CwtType)
            : TypedResults.Text(list.ToJwt(key.Signer), TokenStatusList.JwtType);
    }
}
