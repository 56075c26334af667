using IotAttest.Service.Access;
using IotAttest.Service.Access.CodeFlow;
using IotAttest.Service.Access.Sessions;
using IotAttest.Service.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace IotAttest.Service.Web.SignIn;

/// <summary>Signing in with the issuer: to it and back.</summary>
internal static class IssuerPages
{
    public static void MapIssuerPages(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder pages = routes.MapGroup("").LimitedAsPage().ExcludeFromDescription();
        pages.MapGet(CodeSignIn.StartPath, StartAsync).ForAnybody();
        pages.MapGet(CodeSignIn.CallbackPath, FinishAsync).ForAnybody();
    }

    /// <summary>Leads to the issuer. A link instead of a form: form-action would have to name every site that the issuer may lead on to.</summary>
    internal static async Task<IResult> StartAsync(string? returnTo, HttpContext context, CodeSignIn signIn, SessionCookies cookies, SignInAttempts attempts, CancellationToken cancellation)
    {
        RequireOn(signIn);
        string local = LocalPath.IsLocal(returnTo) ? returnTo : "";
        if (IsFromElsewhere(context.Request))
        {
            return SeeOther.To(LocalPath.SignIn(local));
        }

        if (!attempts.MayTry(context.Connection.RemoteIpAddress))
        {
            return SignInPages.PageOf("often", local).WithStatus(StatusCodes.Status429TooManyRequests);
        }

        if (await signIn.BeginAsync(local, cookies.SessionOf(context), cancellation) is not { } begun)
        {
            return FaultPage(SignInFault.Away, "an issuer that cannot be asked");
        }

        cookies.SetSignIn(context, begun.Id, PendingSignIns.Longest);
        return SeeOther.To(begun.Address);
    }

    internal static async Task<IResult> FinishAsync(HttpContext context, CodeSignIn signIn, SessionStore sessions, SessionCookies cookies, SignInAttempts attempts, ILogger<CodeSignIn> logger, CancellationToken cancellation)
    {
        RequireOn(signIn);
        AuthorizationAnswer? answer = AuthorizationAnswer.Read(context.Request.Query);
        ForgetAddress(context);
        SignInOutcome outcome = await signIn.CompleteAsync(answer, cookies.SignInOf(context), cancellation);
        if (outcome.Begun is not null)
        {
            cookies.ClearSignIn(context);
        }

        if (outcome.Fault is { } fault)
        {
            Note(fault, outcome.Seen, context, attempts, logger);
            return FaultPage(fault, outcome.Seen);
        }

        SignInPages.End(context, sessions, cookies);
        EndBefore(outcome.Begun!, sessions);
        cookies.SetSession(context, sessions.Begin(outcome.IdToken!, isIdToken: true));
        return GoOn(context, outcome.Begun!.ReturnTo);
    }

    /// <summary>A page that leads on by itself. After a redirect from the issuer browsers would leave out the cookie, which is SameSite=Strict; a page of ours they take as the beginning.</summary>
    private static PageResult GoOn(HttpContext context, string returnTo)
    {
        string path = returnTo.Length > 0 ? returnTo : SignInPages.Desks;
        context.Response.Headers["Refresh"] = $"0; url={path}";
        return PageResult.Of<IssuerAnswerPage>((nameof(IssuerAnswerPage.GoTo), path));
    }

    private static PageResult FaultPage(SignInFault fault, string seen) =>
        PageResult.Of<IssuerAnswerPage>((nameof(IssuerAnswerPage.Fault), fault.ToString()), (nameof(IssuerAnswerPage.Seen), seen)).WithStatus(fault switch
        {
            SignInFault.NotBegun => StatusCodes.Status400BadRequest,
            SignInFault.Denied or SignInFault.Refused => StatusCodes.Status401Unauthorized,
            SignInFault.NoOrganisation => StatusCodes.Status403Forbidden,
            _ => StatusCodes.Status503ServiceUnavailable,
        });

    /// <summary>Who sends codes that do not hold is slowed down like who tries tokens: each makes us ask the issuer.</summary>
    private static void Note(SignInFault fault, string seen, HttpContext context, SignInAttempts attempts, ILogger<CodeSignIn> logger)
    {
        if (fault is not (SignInFault.NotBegun or SignInFault.Denied))
        {
            logger.SignInRefused(seen);
        }

        if (fault == SignInFault.Refused)
        {
            attempts.NoteFailure(context.Connection.RemoteIpAddress);
        }
    }

    /// <summary>The address of the answer holds a code: nothing on the page repeats it, nothing keeps it, and no page after it hears of it.</summary>
    private static void ForgetAddress(HttpContext context)
    {
        context.Request.Path = LocalPath.SignInPage;
        context.Request.QueryString = QueryString.Empty;
        context.Response.OnStarting(() =>
        {
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers["Referrer-Policy"] = "no-referrer";
            context.Response.Headers.Remove(HeaderNames.ETag);
            return Task.CompletedTask;
        });
    }

    private static void EndBefore(PendingSignIn begun, SessionStore sessions)
    {
        if (begun.SessionBefore is { } before)
        {
            sessions.End(before);
        }
    }

    /// <summary>Another site that starts a sign-in could have the issuer sign somebody in unasked (Fetch Metadata; "none" is who typed the address).</summary>
    private static bool IsFromElsewhere(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site";

    private static void RequireOn(CodeSignIn signIn)
    {
        if (!signIn.IsOn)
        {
            throw Refuse.NotFound("a sign-in with an issuer", "a verifier that was given OidcClientId");
        }
    }
}
