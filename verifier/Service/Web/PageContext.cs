using IotAttest.Service.Access;
using Microsoft.AspNetCore.Http;

namespace IotAttest.Service.Web;

/// <summary>What a page knows of the request it answers; one per request, filled by <see cref="PageResult"/> before the page is rendered.</summary>
internal sealed class PageContext(TimeProvider clock)
{
    private HttpContext? _http;

    public HttpContext Http => _http ?? throw new InvalidOperationException("A page is rendered outside of a PageResult.");

    public Language Language { get; private set; } = Language.English;

    /// <summary>The moment that everything on the page is true of, in whole minutes: the same page stays the same bytes for a while.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>Who signed in; null for anybody.</summary>
    public Caller? Caller => Http.User.Identity?.IsAuthenticated == true ? Caller.Of(Http.User) : null;

    /// <summary>True once a form put its token on the page.</summary>
    public bool HoldsSecret { get; private set; }

    public string Path => Http.Request.Path.Value ?? "/";

    public void Begin(HttpContext http)
    {
        _http = http;
        Language = LanguageChoice.Of(http);
        DateTimeOffset now = clock.GetUtcNow();
        Now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute));
    }

    /// <summary>Says that the page must not be compressed: see <see cref="PageBody"/>.</summary>
    public void HoldSecret() => HoldsSecret = true;

    public string? Query(string name) => Http.Request.Query[name].ToString() is { Length: > 0 } value ? value : null;
}
