using IotAttest.Service.Hosting;
using IotAttest.Service.Registry;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace IotAttest.Service.Access.CodeFlow;

/// <summary>Sign-in with the issuer by the authorization code flow with PKCE (OpenID Connect Core 1.0 section 3.1, RFC 7636, RFC 9700 section 2.1).</summary>
internal sealed class CodeSignIn(VerifierOptions options, OidcIssuer issuer, OidcLogin login, TokenEndpoint tokens, PendingSignIns pending, PublicAddress address)
{
    public const string StartPath = "/sign-in/oidc";
    public const string CallbackPath = "/sign-in/oidc/callback";

    public bool IsOn => options.OidcClientId is not null;

    /// <summary>How pages call the issuer; null when nobody signs in there.</summary>
    public string? IssuerHost => IsOn ? options.OidcAuthority!.Host : null;

    /// <summary>Where the issuer sends browsers back to: one address, never taken from a request (RFC 9700 section 2.1).</summary>
    private string RedirectUri => address.Of(CallbackPath);

    /// <summary>Begins a sign-in.</summary>
    /// <returns>The value of the cookie that finds it again and the address of the issuer to go to; null while the issuer cannot be asked.</returns>
    public async Task<(string Id, string Address)?> BeginAsync(string returnTo, string? sessionBefore, CancellationToken cancellation)
    {
        if (await ReadIssuerAsync(cancellation) is not { } configuration)
        {
            return null;
        }

        (string id, PendingSignIn begun) = pending.Begin(returnTo, sessionBefore);
        return (id, QueryHelpers.AddQueryString(configuration.AuthorizationEndpoint, new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = options.OidcClientId,
            ["redirect_uri"] = RedirectUri,
            ["scope"] = options.OidcScope,
            ["state"] = begun.State,
            ["nonce"] = begun.Nonce,
            ["code_challenge"] = Pkce.ChallengeOf(begun.Verifier),
            ["code_challenge_method"] = Pkce.Method,
        }));
    }

    /// <summary>Ends a sign-in: cheap checks first, then the issuer is asked, then its ID token is checked.</summary>
    /// <param name="answer">What the browser brings; null for what cannot be read.</param>
    /// <param name="id">The cookie of the browser.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<SignInOutcome> CompleteAsync(AuthorizationAnswer? answer, string? id, CancellationToken cancellation)
    {
        if (answer is null || id is null || pending.Take(id, answer.State) is not { } begun)
        {
            return SignInOutcome.Failed(SignInFault.NotBegun, "an answer to a sign-in that this browser did not begin, that was answered before or that took too long");
        }

        if (await ReadIssuerAsync(cancellation) is not { } configuration)
        {
            return SignInOutcome.Failed(SignInFault.Away, "an issuer that cannot be asked", begun);
        }

        return FaultOf(answer, configuration) is { } fault
            ? SignInOutcome.Failed(fault.Fault, fault.Seen, begun)
            : await RedeemAsync(answer.Code!, begun, configuration, cancellation);
    }

    private async Task<SignInOutcome> RedeemAsync(string code, PendingSignIn begun, OpenIdConnectConfiguration configuration, CancellationToken cancellation)
    {
        (string? idToken, SignInFault fault, string seen) = await tokens.RedeemAsync(configuration, code, begun.Verifier, RedirectUri, cancellation);
        if (idToken is null)
        {
            return SignInOutcome.Failed(fault, seen, begun);
        }

        (AccessGrant? grant, seen) = await login.LogInByIdTokenAsync(idToken, begun.Nonce, cancellation);
        return grant is not null
            ? new SignInOutcome(idToken, begun, null, "")
            : SignInOutcome.Failed(seen == OidcLogin.NoOrganisation ? SignInFault.NoOrganisation : SignInFault.Refused, seen, begun);
    }

    private static (SignInFault Fault, string Seen)? FaultOf(AuthorizationAnswer answer, OpenIdConnectConfiguration configuration)
    {
        // RFC 9207 section 2.4: exactly the issuer, also with an error; and missing only where it never stands.
        bool isFromIssuer = answer.Issuer is null ? !configuration.AuthorizationResponseIssParameterSupported : answer.Issuer == configuration.Issuer;
        return answer switch
        {
            _ when !isFromIssuer => (SignInFault.Refused, "an answer of another issuer, or one that does not name its issuer"),
            { Error: OAuthError.AccessDenied } => (SignInFault.Denied, OAuthError.InWords(answer.Error)),
            { Error: { } error } => (SignInFault.Refused, $"{OAuthError.InWords(error)} from the issuer"),
            { Code: null } => (SignInFault.Refused, "an answer without a code"),
            _ => null,
        };
    }

    /// <summary>The issuer, when it has both endpoints under TLS.</summary>
    private async Task<OpenIdConnectConfiguration?> ReadIssuerAsync(CancellationToken cancellation) =>
        await issuer.ReadAsync(null, cancellation) is { } configuration && IsSafe(configuration.AuthorizationEndpoint) && IsSafe(configuration.TokenEndpoint) ? configuration : null;

    private bool IsSafe(string? endpoint) =>
        Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback && options.OidcAuthority!.IsLoopback));
}
