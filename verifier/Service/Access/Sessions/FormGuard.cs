using IotAttest.Service.Audit;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace IotAttest.Service.Access.Sessions;

/// <summary>No page is changed by a form of another site: whatever a page route takes besides GET comes from our own origin and carries the token of its form.</summary>
/// <remarks>One place for all routes, so that none is forgotten. A bearer token is sent by nobody's browser by itself and needs no such guard.</remarks>
internal static class FormGuard
{
    private const string Refused = "ForeignForm";

    public static void UseFormGuard(this WebApplication app) => app.Use(RunAsync);

    /// <summary>The form of a page, read once.</summary>
    /// <exception cref="ProblemException">No form.</exception>
    public static async Task<IFormCollection> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            throw Refuse.WrongMediaType(context.Request.ContentType ?? "no Content-Type", "application/x-www-form-urlencoded or multipart/form-data");
        }

        try
        {
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (InvalidDataException cause)
        {
            throw Refuse.Malformed($"a form that cannot be read ({cause.Message})", "a form as the page sends it", "Open the page again and fill in its form.");
        }
    }

    private static async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        if (IsGuarded(context))
        {
            RequireOwnOrigin(context);
            string token = (await ReadAsync(context))[FormTokens.Field].ToString();
            if (!context.RequestServices.GetRequiredService<FormTokens>().Fits(context, token))
            {
                throw Foreign("a form that was not given out to this session", "the form of a page opened since you signed in", "Open the page again and send its form.");
            }
        }

        await next(context);
    }

    private static bool IsGuarded(HttpContext context) =>
        context.GetEndpoint()?.Metadata is { } metadata
        && metadata.GetMetadata<SessionRoute>() is not null
        && metadata.GetMetadata<ReadOnlyRoute>() is null
        && !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method) && !HttpMethods.IsOptions(context.Request.Method)
        && context.User.Identity?.AuthenticationType != BearerHandler.SchemeName;

    /// <summary>Browsers say with every form where it comes from (Fetch section 3.1); an opaque origin says "null" and is another one.</summary>
    private static void RequireOwnOrigin(HttpContext context)
    {
        VerifierOptions options = context.RequestServices.GetRequiredService<VerifierOptions>();
        string origin = context.Request.Headers[HeaderNames.Origin].ToString();
        bool isOwn = origin.Length > 0
            ? origin == $"{context.Request.Scheme}://{context.Request.Host}" || origin == options.PublicUrl?.GetLeftPart(UriPartial.Authority)
            : context.Request.Headers["Sec-Fetch-Site"] == "same-origin";
        if (!isOwn)
        {
            throw Foreign("a form of another site, or one that does not say where it comes from", "a form of these pages", "Open the page itself and send its form.");
        }
    }

    private static ProblemException Foreign(string seen, string expected, string todo) =>
        new(Problem.Of(StatusCodes.Status403Forbidden, Refused, "This form cannot be taken.", seen, expected, todo));
}
