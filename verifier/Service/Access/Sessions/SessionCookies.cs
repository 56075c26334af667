using IotAttest.Service.Hosting;
using Microsoft.AspNetCore.Http;

namespace IotAttest.Service.Access.Sessions;

/// <summary>The cookies of sign-in: of this host alone, out of reach of scripts, never sent along from another site (RFC 6265bis sections 4.1.3 and 5.6.7).</summary>
internal sealed class SessionCookies(VerifierOptions options)
{
    private const string HostPrefix = "__Host-";
    private const string SessionName = "session";
    private const string VisitName = "visit";
    private const string SignInName = "signin";

    /// <summary>The id of the session that the browser says it has.</summary>
    public string? SessionOf(HttpContext context) => Read(context, SessionName);

    /// <summary>What ties the form for signing in to this browser, before there is a session.</summary>
    public string? VisitOf(HttpContext context) => Read(context, VisitName);

    /// <summary>What ties a sign-in with the issuer to the browser that began it.</summary>
    public string? SignInOf(HttpContext context) => Read(context, SignInName);

    public void SetSession(HttpContext context, string id) => Append(context, SessionName, id);

    public void SetVisit(HttpContext context, string nonce) => Append(context, VisitName, nonce);

    /// <summary>Lax instead of Strict: the browser comes back from the issuer, which is another site, and brings it along.</summary>
    public void SetSignIn(HttpContext context, string id, TimeSpan lifetime) =>
        context.Response.Cookies.Append(NameOf(context, SignInName), id, Options(context, SameSiteMode.Lax, lifetime));

    public void ClearSignIn(HttpContext context) => context.Response.Cookies.Delete(NameOf(context, SignInName), Options(context, SameSiteMode.Lax));

    public void Clear(HttpContext context)
    {
        context.Response.Cookies.Delete(NameOf(context, SessionName), Options(context));
        context.Response.Cookies.Delete(NameOf(context, VisitName), Options(context));
    }

    private string? Read(HttpContext context, string name) => context.Request.Cookies[NameOf(context, name)] is { Length: > 0 } value ? value : null;

    private void Append(HttpContext context, string name, string value) => context.Response.Cookies.Append(NameOf(context, name), value, Options(context));

    // Without a lifetime: the browser forgets it when it is closed, and the verifier after eight hours.
    private CookieOptions Options(HttpContext context, SameSiteMode site = SameSiteMode.Strict, TimeSpan? lifetime = null) =>
        new() { HttpOnly = true, SameSite = site, Secure = IsSecure(context), Path = "/", MaxAge = lifetime, IsEssential = true };

    // The prefix is refused by browsers without Secure, and Secure without TLS: on this machine alone there is neither.
    private string NameOf(HttpContext context, string name) => IsSecure(context) ? HostPrefix + name : name;

    /// <summary>Whether the browser speaks TLS, with this verifier or with what stands before it.</summary>
    private bool IsSecure(HttpContext context) => context.Request.IsHttps || options.PublicUrl?.Scheme == Uri.UriSchemeHttps;
}
