using System.Text.Encodings.Web;
using IotAttest.Service.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IotAttest.Service.Access;

/// <summary>Reads <c>Authorization: Bearer</c> (RFC 6750 section 2.1); tokens in the query or the body are never taken.</summary>
internal sealed class BearerHandler(AccessTokens tokens, TokenUses uses, OidcLogin oidc, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Bearer";

    private const string Prefix = "Bearer ";

    // RFC 6750 section 3.1.
    private const string InvalidToken = $"{SchemeName} error=\"invalid_token\"";

    private string? _fault;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        string token = header[Prefix.Length..].Trim();
        AccessGrant? grant = oidc.IsOn && OidcLogin.IsJwt(token) ? await LogInAsync(token) : await FindAsync(token);
        return grant is null
            ? AuthenticateResult.Fail("unknown token")
            : AuthenticateResult.Success(new AuthenticationTicket(Caller.ToPrincipal(grant, SchemeName), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = _fault is null ? SchemeName : InvalidToken;
        Problem problem = Refuse.NoLogin().Problem;
        return new ProblemResult(_fault is null ? problem : problem with { Seen = _fault, Do = "Log in with the issuer again; if that does not help, ask the operator." }).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        RequiredRoles? required = Context.GetEndpoint()?.Metadata.GetMetadata<RequiredRoles>();
        string expected = required is null ? "another role" : $"the role {string.Join(" or ", required.Roles)}";
        return new ProblemResult(Refuse.Forbidden($"the token of {Caller.Of(Context.User).Name}", expected).Problem).ExecuteAsync(Context);
    }

    private async Task<AccessGrant?> LogInAsync(string token)
    {
        (AccessGrant? grant, string fault) = await oidc.LogInAsync(token, Context.RequestAborted);
        _fault = grant is null ? fault : null;
        return grant;
    }

    private async Task<AccessGrant?> FindAsync(string token)
    {
        AccessGrant? grant = tokens.Find(token);
        if (grant is not null)
        {
            await uses.NoteAsync(grant, Context.RequestAborted);
        }

        return grant;
    }
}
