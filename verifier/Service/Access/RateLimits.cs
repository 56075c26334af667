using System.Net;
using System.Threading.RateLimiting;
using IotAttest.Domain.Evidence;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Access;

/// <summary>How many requests one address may send to the routes that need no login: a token bucket per address, one for boards and one for pages.</summary>
internal static class RateLimits
{
    private const string BoardPolicy = "boards";
    private const string PagePolicy = "pages";

    public static IServiceCollection AddRateLimits(this IServiceCollection services, VerifierOptions options) => services.AddRateLimiter(limiter =>
    {
        limiter.AddPolicy(BoardPolicy, context => Bucket(context, options.BoardRequestsPerSecond));
        limiter.AddPolicy(PagePolicy, context => Bucket(context, options.PageRequestsPerSecond));
        limiter.OnRejected = (context, _) => RejectAsync(context.HttpContext, options);
    });

    /// <summary>Puts a route under the limit per address.</summary>
    public static TBuilder LimitedByAddress<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.RequireRateLimiting(BoardPolicy);

    /// <summary>Puts a page, or a public question that takes work, under the limit of pages per address.</summary>
    public static TBuilder LimitedAsPage<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.RequireRateLimiting(PagePolicy);

    private static RateLimitPartition<IPAddress> Bucket(HttpContext context, int perSecond) => RateLimitPartition.GetTokenBucketLimiter(AddressOf(context), _ => new TokenBucketRateLimiterOptions
    {
        TokenLimit = perSecond * VerifierOptions.BurstSeconds,
        TokensPerPeriod = perSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
    });

    private static IPAddress AddressOf(HttpContext context) => context.Connection.RemoteIpAddress ?? IPAddress.None;

    private static ValueTask RejectAsync(HttpContext context, VerifierOptions options)
    {
        context.Response.Headers.RetryAfter = "1";
        if (context.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName == PagePolicy)
        {
            return new ValueTask(new ProblemResult(TooManyPages(options.PageRequestsPerSecond)).ExecuteAsync(context));
        }

        Refusal refusal = new(
            RefusalCode.TooMany,
            "more requests from this address than it may send",
            $"{options.BoardRequestsPerSecond} a second, bursts of {options.BoardRequestsPerSecond * VerifierOptions.BurstSeconds}",
            "wait a second and go on more slowly, or use MQTT");
        return new ValueTask(new ProblemResult(refusal.ToProblem()).ExecuteAsync(context));
    }

    private static Problem TooManyPages(int perSecond) => Problem.Of(
        429,
        "TooMany",
        "Too many requests.",
        "more requests from this address than it may send",
        $"{perSecond} a second, bursts of {perSecond * VerifierOptions.BurstSeconds}",
        "Wait a second and go on more slowly, or take the export.");
}
