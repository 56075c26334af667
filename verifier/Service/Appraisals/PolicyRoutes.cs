using IotAttest.Service.Access;
using IotAttest.Service.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IotAttest.Service.Appraisals;

/// <summary><c>/v1/policies</c>: what evidence must be so that a certificate counts. Open to everybody to read; the operator submits.</summary>
internal static class PolicyRoutes
{
    public static void MapPolicies(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/v1/policies").WithTags("Policies");
        group.MapGet("", List).ForAnybody();
        group.MapGet("/{id}/{version}", Get).ForAnybody();
        group.MapPost("", SubmitAsync).Accepts<PolicyRequest>("application/json").ForRoles(Roles.Operator);
    }

    internal static Ok<PolicyListView> List(PolicyRegistry registry) => TypedResults.Ok(registry.List());

    internal static Ok<PolicyView> Get(string id, string version, PolicyRegistry registry) => TypedResults.Ok(registry.Find(id, version));

    internal static async Task<Created<PolicyView>> SubmitAsync(HttpRequest request, PolicyRegistry registry, CancellationToken cancellation)
    {
        PolicyRequest submitted = PolicyRequest.Parse(await RequestBody.ReadAsync(request, RequestBody.MaxJsonBytes, cancellation));
        PolicyView view = await registry.SubmitAsync(Caller.Of(request.HttpContext.User), submitted, cancellation);
        return TypedResults.Created($"/v1/policies/{submitted.Policy.Id}/{submitted.Policy.Version}", view);
    }
}
