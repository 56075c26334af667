using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace IotAttest.Service.Web;

/// <summary>Links to the page at hand with something changed in its query.</summary>
internal static class PageLink
{
    /// <summary>The same page with other values; null leaves a value out. Language and position are not carried on.</summary>
    public static string With(PageContext page, params ReadOnlySpan<(string Name, string? Value)> changes)
    {
        Dictionary<string, string?> query = [];
        foreach ((string name, StringValues values) in page.Http.Request.Query.Where(pair => pair.Key is not (LanguageChoice.Parameter or "cursor")))
        {
            query[name] = values.ToString() is { Length: > 0 } value ? value : null;
        }

        foreach ((string name, string? value) in changes)
        {
            query[name] = value;
        }

        string path = page.Http.Request.PathBase.Add(page.Http.Request.Path).ToUriComponent();
        return QueryHelpers.AddQueryString(path, query.Where(pair => pair.Value is not null));
    }

    public static string Certificate(string id) => $"/certificates/{Uri.EscapeDataString(id)}";

    public static string Build(string id) => $"/builds/{Uri.EscapeDataString(id)}";

    public static string Advisory(string id) => $"/advisories/{Uri.EscapeDataString(id)}";

    public static string LogEntry(long sequence) => string.Create(CultureInfo.InvariantCulture, $"/log/{sequence}");

    /// <summary>What a scheme, or a source, asks; for a certificate when one is given.</summary>
    public static string Criteria(string scheme, string? certificate = null) =>
        $"/criteria/{Uri.EscapeDataString(scheme)}{(certificate is null ? "" : $"?certificate={Uri.EscapeDataString(certificate)}")}";
}
