using System.Text.Encodings.Web;
using IotAttest.Service.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IotAttest.Service.Access;

/// <summary>Reads <c>Authorization: Bearer</c> (RFC 6750 section 2.1); tokens in the query or the body are never taken.</summary>
internal sealed class BearerHandler(AccessTokens tokens, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Bearer";

    private const string Prefix = "Bearer ";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        AuthenticateResult result = tokens.Find(header[Prefix.Length..].Trim()) is { } grant
            ? AuthenticateResult.Success(new AuthenticationTicket(Caller.ToPrincipal(grant, SchemeName), SchemeName))
            : AuthenticateResult.Fail("unknown token");
        return Task.FromResult(result);
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = SchemeName;
        return new ProblemResult(Refuse.NoLogin().Problem).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        RequiredRoles? required = Context.GetEndpoint()?.Metadata.GetMetadata<RequiredRoles>();
        string expected = required is null ? "another role" : $"the role {string.Join(" or ", required.Roles)}";
        return new ProblemResult(Refuse.Forbidden($"the token of {Caller.Of(Context.User).Name}", expected).Problem).ExecuteAsync(Context);
    }
}
