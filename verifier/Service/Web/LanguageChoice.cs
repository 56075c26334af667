using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace IotAttest.Service.Web;

/// <summary>Which language a page is shown in: <c>?lang=</c>, which is remembered; else the cookie; else Accept-Language; else English.</summary>
internal static class LanguageChoice
{
    public const string Parameter = "lang";

    private const string Cookie = "lang";

    public static Language Of(HttpContext context)
    {
        if (Language.Find(context.Request.Query[Parameter]) is { } asked)
        {
            Remember(context, asked);
            return asked;
        }

        return Language.Find(context.Request.Cookies[Cookie]) ?? Accepted(context) ?? Language.English;
    }

    private static void Remember(HttpContext context, Language language) =>
        context.Response.Cookies.Append(Cookie, language.Code, new CookieOptions { HttpOnly = true, SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Lax, Secure = context.Request.IsHttps, MaxAge = TimeSpan.FromDays(365) });

    private static Language? Accepted(HttpContext context) => context.Request.GetTypedHeaders().AcceptLanguage
        .Where(wanted => wanted.Quality is not 0)
        .OrderByDescending(wanted => wanted.Quality ?? 1)
        .Select(Offered)
        .FirstOrDefault(language => language is not null);

    // de-AT is served by de.
    private static Language? Offered(StringWithQualityHeaderValue wanted) =>
        Language.Offered.FirstOrDefault(language => language.Code.Equals(wanted.Value.Value?.Split('-')[0], StringComparison.OrdinalIgnoreCase));
}
