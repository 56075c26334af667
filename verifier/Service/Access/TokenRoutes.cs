using IotAttest.Service.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IotAttest.Service.Access;

/// <summary><c>/v1/organisations/{name}/tokens</c>: several tokens for each organisation, ended one by one.</summary>
internal static class TokenRoutes
{
    public static void MapTokens(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/v1/organisations/{name}/tokens").WithTags("Organisations");
        group.MapPost("", AddAsync).Accepts<TokenRequest>("application/json").ForRoles([.. Roles.OfOrganisations]);
        group.MapGet("", List).ForRoles([.. Roles.OfOrganisations]);
        group.MapDelete("/{id}", RevokeAsync).ForRoles([.. Roles.OfOrganisations]);
    }

    internal static async Task<Created<TokenView>> AddAsync(string name, HttpRequest request, TokenRegistry registry, TimeProvider clock, CancellationToken cancellation)
    {
        TokenRequest wanted = TokenRequest.Parse(await RequestBody.ReadAsync(request, RequestBody.MaxJsonBytes, cancellation), clock.GetUtcNow());
        (AccessTokenRow row, string token) = await registry.AddAsync(Caller.Of(request.HttpContext.User), name, wanted, cancellation);
        return TypedResults.Created($"/v1/organisations/{row.Organisation}/tokens/{row.Id}", TokenView.Of(row, clock.GetUtcNow(), token));
    }

    internal static Ok<TokenListView> List(string name, HttpContext context, TokenRegistry registry, TimeProvider clock) =>
        TypedResults.Ok(new TokenListView([.. registry.List(Caller.Of(context.User), name).Select(row => TokenView.Of(row, clock.GetUtcNow()))]));

    internal static async Task<NoContent> RevokeAsync(string name, string id, HttpContext context, TokenRegistry registry, CancellationToken cancellation)
    {
        await registry.RevokeAsync(Caller.Of(context.User), name, id, cancellation);
        return TypedResults.NoContent();
    }
}
