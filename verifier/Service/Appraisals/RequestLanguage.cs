using IotAttest.Domain.Appraisal.Texts;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace IotAttest.Service.Appraisals;

/// <summary>Chooses the language of next steps by the header Accept-Language (RFC 9110 section 12.5.4); English when nothing fits.</summary>
internal static class RequestLanguage
{
    /// <summary>The language of this answer, which from now on says it in Content-Language.</summary>
    public static Language Of(HttpContext context)
    {
        Language language = Choose(context.Request.GetTypedHeaders().AcceptLanguage);
        context.Response.Headers.ContentLanguage = language.Tag();
        context.Response.Headers.AppendCommaSeparatedValues(HeaderNames.Vary, HeaderNames.AcceptLanguage);
        return language;
    }

    private static Language Choose(IEnumerable<StringWithQualityHeaderValue> wanted) => wanted
        .Where(range => range.Quality is not 0)
        .OrderByDescending(range => range.Quality ?? 1)
        .Select(range => LanguageTags.Find(range.Value.ToString()))
        .FirstOrDefault(language => language is not null) ?? Language.English;
}
