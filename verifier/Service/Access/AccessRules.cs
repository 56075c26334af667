using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Access;

/// <summary>Login and the rule of each route. Every route says one of the two: who may use it, or that anybody may.</summary>
/// <remarks>No fallback policy: it would answer unknown routes with 401. A test walks all routes instead.</remarks>
internal static class AccessRules
{
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddSingleton<AccessTokens>().AddSingleton<TokenUses>().AddSingleton<TokenRegistry>().AddSingleton<OidcIssuer>().AddSingleton<OidcLogin>().AddSingleton<BearerLogin>();
        services.AddAuthentication(BearerHandler.SchemeName).AddScheme<AuthenticationSchemeOptions, BearerHandler>(BearerHandler.SchemeName, null);
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
}
