using Microsoft.AspNetCore.Http;

namespace IotAttest.Service.Access.Sessions;

/// <summary>What the session of a browser allows now.</summary>
internal sealed class SessionLogin(SessionStore sessions, SessionCookies cookies, AccessTokens tokens, OidcLogin oidc)
{
    /// <summary>Finds what the session of a request allows; null without one, and when it or the token behind it ended.</summary>
    public async Task<AccessGrant?> FindAsync(HttpContext context, bool isSeen, CancellationToken cancellation)
    {
        if (cookies.SessionOf(context) is not { } id || sessions.Find(id, isSeen) is not { } session)
        {
            return null;
        }

        AccessGrant? grant = session.IsIdToken ? (await oidc.LogInByIdTokenAsync(session.Token, null, cancellation)).Grant : await GrantOfAsync(session.Token, cancellation);
        if (grant is null)
        {
            sessions.End(id);
        }

        return grant;
    }

    /// <summary>What a token allows, of this verifier or of the OIDC issuer.</summary>
    public async Task<AccessGrant?> GrantOfAsync(string token, CancellationToken cancellation) =>
        oidc.IsOn && OidcLogin.IsJwt(token) ? (await oidc.LogInAsync(token, cancellation)).Grant : tokens.Find(token);
}
