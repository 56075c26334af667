using IotAttest.Service.Access;
using IotAttest.Service.Access.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IotAttest.Service.Web.SignIn;

/// <summary>Signing in with a token, signing out, and the list of desks. Signing out ends the session here; the one at the issuer goes on.</summary>
internal static class SignInPages
{
    public const string Desks = "/desk";

    private const string TokenField = "token";

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder pages = routes.MapGroup("").WithSession().LimitedAsPage().ExcludeFromDescription();
        pages.MapGet(LocalPath.SignInPage, Show).ForAnybody();
        pages.MapPost(LocalPath.SignInPage, SignInAsync).ForAnybody();
        pages.MapPost("/sign-out", SignOut).ForAnybody();
        pages.MapGet(Desks, PageResult () => PageResult.Of<DeskPage>()).ForRoles([.. Roles.OfOrganisations]);
    }

    internal static PageResult Show(string? returnTo) => PageOf(null, returnTo);

    internal static async Task<IResult> SignInAsync(HttpContext context, SessionLogin login, SessionStore sessions, SessionCookies cookies, SignInAttempts attempts, CancellationToken cancellation)
    {
        IFormCollection form = await FormGuard.ReadAsync(context);
        string returnTo = form[LocalPath.Parameter].ToString();
        if (!attempts.MayTry(context.Connection.RemoteIpAddress))
        {
            return PageOf("often", returnTo).WithStatus(StatusCodes.Status429TooManyRequests);
        }

        string token = form[TokenField].ToString().Trim();
        if (token.Length == 0 || await login.GrantOfAsync(token, cancellation) is null)
        {
            attempts.NoteFailure(context.Connection.RemoteIpAddress);
            return PageOf("unknown", returnTo).WithStatus(StatusCodes.Status401Unauthorized);
        }

        End(context, sessions, cookies);
        cookies.SetSession(context, sessions.Begin(token));
        return SeeOther.To(LocalPath.IsLocal(returnTo) ? returnTo : Desks);
    }

    internal static IResult SignOut(HttpContext context, SessionStore sessions, SessionCookies cookies)
    {
        End(context, sessions, cookies);
        cookies.Clear(context);
        return SeeOther.To(LocalPath.SignInPage);
    }

    public static PageResult PageOf(string? fault, string? returnTo) =>
        PageResult.Of<SignInPage>((nameof(SignInPage.Fault), fault), (nameof(SignInPage.ReturnTo), LocalPath.IsLocal(returnTo) ? returnTo : ""));

    public static void End(HttpContext context, SessionStore sessions, SessionCookies cookies)
    {
        if (cookies.SessionOf(context) is { } id)
        {
            sessions.End(id);
        }
    }
}
