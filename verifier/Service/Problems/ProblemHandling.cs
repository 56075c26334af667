using System.Data.Common;
using IotAttest.Service.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Problems;

/// <summary>Turns whatever a request ended with into one problem: exceptions, and statuses that the framework set without a body.</summary>
internal static class ProblemHandling
{
    public static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = HandleExceptionAsync,
            SuppressDiagnosticsCallback = _ => true,
        });
        app.UseStatusCodePages(context => new ProblemResult(OfStatus(context.HttpContext)).ExecuteAsync(context.HttpContext));
    }

    /// <summary>What callers get to know of an exception: of a fault, only that there was one.</summary>
    public static Problem Of(Exception? cause) => cause switch
    {
        ProblemException known => known.Problem,
        BadHttpRequestException bad => OfBadRequest(bad),
        StoreException or DbException { IsTransient: true } => Problem.Of(503, "StoreDown", "The store does not take changes now.", "the database failed", "a database that can be written", "Try again; nothing was acknowledged. The operator finds the cause in the log."),
        _ => Problem.Of(500, "Fault", "The verifier failed.", "a fault in the verifier", "an answer", "Try again; if it stays, tell the operator the time and the route."),
    };

    private static Task HandleExceptionAsync(HttpContext context)
    {
        Exception? cause = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        Problem problem = Of(cause);
        if (problem.Status >= StatusCodes.Status500InternalServerError && cause is not null)
        {
            ILogger logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ProblemHandling));
            logger.RequestFailed(cause, context.Request.Method, context.Request.Path);
        }

        return new ProblemResult(problem).ExecuteAsync(context);
    }

    private static Problem OfBadRequest(BadHttpRequestException cause) => cause.StatusCode == StatusCodes.Status413PayloadTooLarge
        ? Refuse.TooLarge("more bytes than this route takes", "a body within the limit of the route").Problem
        : Problem.Of(cause.StatusCode, "Malformed", "The request is not understood.", cause.Message, "a request as the OpenAPI document describes it", "Compare with /openapi/v1.json.");

    private static Problem OfStatus(HttpContext context)
    {
        HttpRequest request = context.Request;
        return context.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => Refuse.NotFound($"{request.Method} {request.Path}", "a route of this verifier").Problem with { Do = "Look for the route in /openapi/v1.json." },
            StatusCodes.Status405MethodNotAllowed => Problem.Of(405, "WrongMethod", "This route has no such method.", request.Method, context.Response.Headers.Allow.ToString(), "Use one of the methods expected."),
            StatusCodes.Status413PayloadTooLarge => Refuse.TooLarge($"{request.ContentLength} bytes", "a body within the limit of the route").Problem,
            StatusCodes.Status415UnsupportedMediaType => Refuse.WrongMediaType(request.ContentType ?? "no Content-Type", AcceptedBy(context)).Problem,
            int status => Problem.Of(status, "Refused", "The request was refused.", $"{request.Method} {request.Path}", "a request as the OpenAPI document describes it", "Compare with /openapi/v1.json."),
        };
    }

    /// <summary>The media types of the routes that fit path and method: routing answered 415 before it chose one.</summary>
    private static string AcceptedBy(HttpContext context)
    {
        IEnumerable<string> types = context.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints
            .OfType<RouteEndpoint>()
            .Where(endpoint => Fits(endpoint, context))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes ?? []);
        return string.Join(" or ", types.Distinct());
    }

    private static bool Fits(RouteEndpoint endpoint, HttpContext context)
    {
        Microsoft.AspNetCore.Routing.Template.TemplateMatcher matcher = new(new(endpoint.RoutePattern), []);
        return matcher.TryMatch(context.Request.Path, [])
            && endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains(context.Request.Method) == true;
    }
}
