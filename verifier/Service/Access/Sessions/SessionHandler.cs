using System.Text.Encodings.Web;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IotAttest.Service.Access.Sessions;

/// <summary>Logs in by the cookie of a session, on routes marked with <see cref="SessionRoute"/>; what the token behind it allows is asked anew each time, as for a bearer.</summary>
internal sealed class SessionHandler(SessionLogin login, TokenUses uses, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Session";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (await login.FindAsync(Context, isSeen: true, Context.RequestAborted) is not { } grant)
        {
            return AuthenticateResult.NoResult();
        }

        await uses.NoteAsync(grant, Context.RequestAborted);
        return AuthenticateResult.Success(new AuthenticationTicket(Caller.ToPrincipal(grant, SchemeName), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Negotiation.PrefersHtml(Context))
        {
            // What a form wanted to change is asked for again by the person, never repeated by itself.
            Response.Redirect(HttpMethods.IsGet(Request.Method) ? LocalPath.SignIn(Request.Path + Request.QueryString) : LocalPath.SignInPage);
            return Task.CompletedTask;
        }

        Response.Headers.WWWAuthenticate = BearerHandler.SchemeName;
        return new ProblemResult(Refuse.NoLogin().Problem).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => BearerHandler.ForbidAsync(Context);
}
