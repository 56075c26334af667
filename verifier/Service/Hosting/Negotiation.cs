using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace IotAttest.Service.Hosting;

/// <summary>Chooses between JSON and the signed file by the header Accept.</summary>
internal static class Negotiation
{
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
