using IotAttest.Service.Access.CodeFlow;
using IotAttest.Service.Access.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Access;

/// <summary>Login and the rule of each route. Every route says one of the two: who may use it, or that anybody may.</summary>
/// <remarks>No fallback policy: it would answer unknown routes with 401. A test walks all routes instead.</remarks>
internal static class AccessRules
{
    private const string AnyLogin = "Login";

    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddSingleton<AccessTokens>().AddSingleton<TokenUses>().AddSingleton<TokenRegistry>().AddSingleton<OidcIssuer>().AddSingleton<OidcLogin>().AddSingleton<BearerLogin>();
        services.AddSingleton<SessionStore>().AddSingleton<SessionCookies>().AddSingleton<SessionLogin>().AddSingleton<FormTokens>().AddSingleton<SignInAttempts>();
        services.AddSingleton<PendingSignIns>().AddSingleton<TokenEndpoint>().AddSingleton<CodeSignIn>();
        services.AddAuthentication(AnyLogin)
            .AddPolicyScheme(AnyLogin, null, options => options.ForwardDefaultSelector = SchemeFor)
            .AddScheme<AuthenticationSchemeOptions, BearerHandler>(BearerHandler.SchemeName, null)
            .AddScheme<AuthenticationSchemeOptions, SessionHandler>(SessionHandler.SchemeName, null);
        services.AddAuthorizationBuilder();
        return services;
    }

    /// <summary>Lets in callers with one of the roles; which of their objects they may touch is decided by the route.</summary>
    public static TBuilder ForRoles<TBuilder>(this TBuilder builder, params string[] roles)
        where TBuilder : IEndpointConventionBuilder
    {
        AuthorizationPolicy policy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireRole([.. roles, Roles.Operator]).Build();
        return builder.RequireAuthorization(policy).WithMetadata(new RequiredRoles(roles));
    }

    /// <summary>Needs no login.</summary>
    public static TBuilder ForAnybody<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.AllowAnonymous().WithMetadata(new PublicRoute());

    /// <summary>Takes the cookie of a session as well as a bearer token.</summary>
    public static TBuilder WithSession<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new SessionRoute());

    // A cookie comes along by itself: it counts only where a route says so, and never beside a token.
    private static string SchemeFor(HttpContext context) =>
        context.Request.Headers.Authorization.Count == 0 && context.GetEndpoint()?.Metadata.GetMetadata<SessionRoute>() is not null ? SessionHandler.SchemeName : BearerHandler.SchemeName;
}
