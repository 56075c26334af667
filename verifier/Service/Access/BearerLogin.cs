using IotAttest.Service.Access.Sessions;
using Microsoft.AspNetCore.Http;

namespace IotAttest.Service.Access;

/// <summary>What the token of a request allows now. A request that lasts asks again: its login may have ended meanwhile.</summary>
internal sealed class BearerLogin(AccessTokens tokens, OidcLogin oidc, SessionLogin sessions)
{
    private const string Prefix = $"{BearerHandler.SchemeName} ";

    /// <summary>The token of <c>Authorization: Bearer</c>; null when there is none.</summary>
    public static string? TokenOf(HttpRequest request)
    {
        string header = request.Headers.Authorization.ToString();
        return header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? header[Prefix.Length..].Trim() : null;
    }

    /// <summary>Finds what a token allows.</summary>
    /// <returns>The grant; or null, and for a JWT what was wrong with it.</returns>
    public async Task<(AccessGrant? Grant, string? Fault)> FindAsync(string token, CancellationToken cancellation)
    {
        if (!oidc.IsOn || !OidcLogin.IsJwt(token))
        {
            return (tokens.Find(token), null);
        }

        (AccessGrant? grant, string fault) = await oidc.LogInAsync(token, cancellation);
        return (grant, grant is null ? fault : null);
    }

    /// <summary>The caller behind a request, as of now; null when the login ended.</summary>
    public async Task<Caller?> CallerNowAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (TokenOf(request) is not { } token)
        {
            return CallerOf(await sessions.FindAsync(request.HttpContext, isSeen: false, cancellation));
        }

        (AccessGrant? grant, _) = await FindAsync(token, cancellation);
        return CallerOf(grant);
    }

    private static Caller? CallerOf(AccessGrant? grant) => grant is null ? null : Caller.Of(Caller.ToPrincipal(grant, BearerHandler.SchemeName));
}
