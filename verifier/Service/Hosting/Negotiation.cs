using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace IotAttest.Service.Hosting;

/// <summary>Chooses between JSON, the signed file and a page by the header Accept.</summary>
internal static class Negotiation
{
    private const string Html = "text/html";

    /// <summary>True for a browser: HTML is asked for by name, and nothing else by name more strongly (RFC 9110 section 12.5.1).</summary>
    public static bool PrefersHtml(HttpContext context)
    {
        MediaTypeHeaderValue? first = context.Request.GetTypedHeaders().Accept.Where(type => !type.MatchesAllTypes).MaxBy(type => type.Quality ?? 1);
        return first is not null && first.MediaType.Equals(Html, StringComparison.OrdinalIgnoreCase) && first.Quality is not 0;
    }

    /// <summary>True when one of the media types is asked for by name; wildcards get JSON.</summary>
    public static bool Wants(HttpContext context, params ReadOnlySpan<string> mediaTypes)
    {
        context.Response.Headers.Vary = HeaderNames.Accept;
        foreach (MediaTypeHeaderValue type in context.Request.GetTypedHeaders().Accept)
        {
            foreach (string wanted in mediaTypes)
            {
                if (type.MediaType.Equals(wanted, StringComparison.OrdinalIgnoreCase) && type.Quality is not 0)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
