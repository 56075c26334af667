using IotAttest.Service.Access;
using IotAttest.Service.Problems;
using IotAttest.Service.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Audit;

/// <summary>Puts every write of whoever is logged in on record, refused ones too; the answer goes out once the row is durable.</summary>
/// <remarks>Strangers leave no row: they would fill the disk. Their refusals are counted by address.</remarks>
internal static class AuditLog
{
    private const int HungUp = 499;

    public static void UseAudit(this WebApplication app) => app.Use(RunAsync);

    /// <summary>Whether requests to a route are put on record.</summary>
    public static bool Covers(RouteEndpoint route, string method) =>
        !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method)
        && route.Metadata.GetMetadata<PublicRoute>() is null
        && route.Metadata.GetMetadata<ReadOnlyRoute>() is null;

    private static Task RunAsync(HttpContext context, RequestDelegate next)
    {
        bool isLoggedIn = context.User.Identity?.IsAuthenticated == true;
        return isLoggedIn && context.GetEndpoint() is RouteEndpoint route && Covers(route, context.Request.Method) ? RecordAsync(context, next) : next(context);
    }

    private static async Task RecordAsync(HttpContext context, RequestDelegate next)
    {
        IServiceProvider services = context.RequestServices;
        AuditTrail trail = new(context, services.GetRequiredService<StoreWriter>(), services.GetRequiredService<RefusalBudget>(), services.GetRequiredService<TimeProvider>());
        IHttpResponseBodyFeature response = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        HeldResponse held = new(response, () => trail.WriteAsync(context.Response.StatusCode));
        context.Features.Set(trail);
        context.Features.Set<IHttpResponseBodyFeature>(held);
        try
        {
            await next(context);
            await held.Writer.FlushAsync(context.RequestAborted);
            await trail.WriteAsync(context.Response.StatusCode);
        }
        catch (Exception cause) when (cause is not StoreException)
        {
            // A store that takes nothing took no change either: there is nothing to put on record, and no place for it.
            await trail.WriteAsync(context.RequestAborted.IsCancellationRequested ? HungUp : ProblemHandling.Of(cause).Status);
            throw;
        }
        finally
        {
            // What answers an exception writes to the response itself.
            context.Features.Set(response);
        }
    }
}
