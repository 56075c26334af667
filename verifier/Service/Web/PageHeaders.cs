using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace IotAttest.Service.Web;

/// <summary>What a browser may do with a page: our own style sheet, script and images, forms to ourselves, nothing else.</summary>
internal static class PageHeaders
{
    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static void Set(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = Policy;

        // With "no-referrer" browsers would send our own forms with the origin "null" (Fetch section 3.1).
        response.Headers["Referrer-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=(), browsing-topics=()";

        // Kept by the browser, asked about each time: a status that changed is seen at once.
        response.Headers.CacheControl = "private, no-cache";
        response.Headers.Vary = string.Join(", ", HeaderNames.Accept, HeaderNames.AcceptEncoding, HeaderNames.AcceptLanguage, HeaderNames.Cookie);
    }
}
