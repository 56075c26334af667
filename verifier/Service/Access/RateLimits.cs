using System.Net;
using System.Threading.RateLimiting;
using IotAttest.Domain.Evidence;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Access;

/// <summary>How many requests one address may send to the board routes, which need no login: a token bucket per address.</summary>
internal static class RateLimits
{
    /// <summary>The bucket holds as much as comes back in this time: a whole rack of boards may start at once.</summary>
    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(5);

    private const string BoardPolicy = "boards";

    public static IServiceCollection AddRateLimits(this IServiceCollection services, VerifierOptions options) => services.AddRateLimiter(limiter =>
    {
        limiter.AddPolicy(BoardPolicy, context => RateLimitPartition.GetTokenBucketLimiter(AddressOf(context), _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = options.BoardRequestsPerSecond * (int)Burst.TotalSeconds,
            TokensPerPeriod = options.BoardRequestsPerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        }));
        limiter.OnRejected = (context, _) => RejectAsync(context.HttpContext, options);
    });

    /// <summary>Puts a route under the limit per address.</summary>
    public static TBuilder LimitedByAddress<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.RequireRateLimiting(BoardPolicy);

    private static IPAddress AddressOf(HttpContext context) => context.Connection.RemoteIpAddress ?? IPAddress.None;

    private static ValueTask RejectAsync(HttpContext context, VerifierOptions options)
    {
        context.Response.Headers.RetryAfter = "1";
        Refusal refusal = new(
            RefusalCode.TooMany,
            "more requests from this address than it may send",
            $"{options.BoardRequestsPerSecond} a second, bursts of {options.BoardRequestsPerSecond * (int)Burst.TotalSeconds}",
            "wait a second and go on more slowly, or use MQTT");
        return new ValueTask(new ProblemResult(refusal.ToProblem()).ExecuteAsync(context));
    }
}
