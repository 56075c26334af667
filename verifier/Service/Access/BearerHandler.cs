using System.Text.Encodings.Web;
using IotAttest.Service.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IotAttest.Service.Access;

/// <summary>Reads <c>Authorization: Bearer</c> (RFC 6750 section 2.1); tokens in the query or the body are never taken.</summary>
internal sealed class BearerHandler(BearerLogin login, TokenUses uses, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Bearer";

    // RFC 6750 section 3.1.
    private const string InvalidToken = $"{SchemeName} error=\"invalid_token\"";

    private string? _fault;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (BearerLogin.TokenOf(Request) is not { } token)
        {
            return AuthenticateResult.NoResult();
        }

        (AccessGrant? grant, _fault) = await login.FindAsync(token, Context.RequestAborted);
        if (grant is null)
        {
            return AuthenticateResult.Fail("unknown token");
        }

        await uses.NoteAsync(grant, Context.RequestAborted);
        return AuthenticateResult.Success(new AuthenticationTicket(Caller.ToPrincipal(grant, SchemeName), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = _fault is null ? SchemeName : InvalidToken;
        Problem problem = Refuse.NoLogin().Problem;
        return new ProblemResult(_fault is null ? problem : problem with { Seen = _fault, Do = "Log in with the issuer again; if that does not help, ask the operator." }).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => ForbidAsync(Context);

    /// <summary>Answers somebody who is logged in and lacks the role.</summary>
    public static Task ForbidAsync(HttpContext context)
    {
        RequiredRoles? required = context.GetEndpoint()?.Metadata.GetMetadata<RequiredRoles>();
        string expected = required is null ? "another role" : $"the role {string.Join(" or ", required.Roles)}";
        return new ProblemResult(Refuse.Forbidden($"the token of {Caller.Of(context.User).Name}", expected).Problem).ExecuteAsync(context);
    }
}
