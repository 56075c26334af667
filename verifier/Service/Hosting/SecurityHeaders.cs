using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace IotAttest.Service.Hosting;

/// <summary>Headers that every answer carries unless its route set its own.</summary>
internal static class SecurityHeaders
{
    private static readonly (string Name, string Value)[] Defaults =
    [
        (HeaderNames.XContentTypeOptions, "nosniff"),
        (HeaderNames.ContentSecurityPolicy, "default-src 'none'; frame-ancestors 'none'"),
        ("Referrer-Policy", "no-referrer"),
        (HeaderNames.CacheControl, "no-store"),
    ];

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        // At the start of the answer, because answering an exception begins with empty headers.
        context.Response.OnStarting(() => Add(context.Response));
        return next(context);
    });

    private static Task Add(HttpResponse response)
    {
        foreach ((string name, string value) in Defaults)
        {
            response.Headers.TryAdd(name, value);
        }

        return Task.CompletedTask;
    }
}
