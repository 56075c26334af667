using IotAttest.Service.Access;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;
using IotAttest.Service.Storage.Sharing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Organisations;

internal static class OrganisationRoutes
{
    public static IServiceCollection AddOrganisations(this IServiceCollection services) =>
        services.AddSingleton<OrganisationDirectory>().AddSingleton<IStoreFollower, OrganisationFollower>().AddSingleton<OrganisationRegistry>();

    public static void MapOrganisations(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/v1/organisations").WithTags("Organisations");
        group.MapPost("", RegisterAsync).Accepts<OrganisationRequest>("application/json").ForRoles(Roles.Operator);
        group.MapPost("/{name}/keys", AddKeyAsync).Accepts<OrganisationKeyRequest>("application/json").ForRoles(Roles.Operator);
        group.MapDelete("/{name}/keys/{kid}", RemoveKeyAsync).Accepts<KeyRemovalRequest>("application/json").ForRoles(Roles.Operator);
        group.MapPost("/{name}/token", RenewTokenAsync).ForRoles(Roles.Operator);
        group.MapPost("/{name}/persons", AddPersonAsync).Accepts<PersonRequest>("application/json").ForRoles(Roles.Operator);
        group.MapGet("", List).ForAnybody();
        group.MapGet("/{name}", Get).ForAnybody();
    }

    internal static async Task<Results<Created<NewOrganisationView>, Ok<OrganisationView>>> RegisterAsync(HttpRequest request, OrganisationRegistry registry, CancellationToken cancellation)
    {
        Organisation wanted = OrganisationRequest.Parse(await RequestBody.ReadAsync(request, RequestBody.MaxJsonBytes, cancellation));
        (Organisation stored, string? token) = await registry.RegisterAsync(wanted, cancellation);
        OrganisationView view = OrganisationView.Of(stored);
        return token is null
            ? TypedResults.Ok(view)
            : TypedResults.Created($"/v1/organisations/{view.Name}", new NewOrganisationView(view.Name, view.Roles, view.Schemes, view.Keys, token));
    }

    internal static async Task<Results<Created<OrganisationView>, Ok<OrganisationView>>> AddKeyAsync(string name, HttpRequest request, OrganisationRegistry registry, CancellationToken cancellation)
    {
        OrganisationKey key = OrganisationRequest.ParseKey(await RequestBody.ReadAsync(request, RequestBody.MaxJsonBytes, cancellation));
        (Organisation stored, bool isNew) = await registry.AddKeyAsync(name, key, cancellation);
        OrganisationView view = OrganisationView.Of(stored);
        return isNew ? TypedResults.Created($"/v1/organisations/{view.Name}", view) : TypedResults.Ok(view);
    }

    internal static async Task<Ok<OrganisationView>> RemoveKeyAsync(string name, string kid, HttpRequest request, OrganisationRegistry registry, CancellationToken cancellation)
    {
        string reason = OrganisationRequest.ParseReason(await RequestBody.ReadAsync(request, RequestBody.MaxJsonBytes, cancellation));
        return TypedResults.Ok(OrganisationView.Of(await registry.RemoveKeyAsync(name, kid, reason, cancellation)));
    }

    internal static async Task<Ok<NewTokenView>> RenewTokenAsync(string name, OrganisationRegistry registry, CancellationToken cancellation) =>
        TypedResults.Ok(new NewTokenView(name, await registry.RenewTokenAsync(name, "", cancellation)));

    internal static async Task<Ok<NewPersonView>> AddPersonAsync(string name, HttpRequest request, OrganisationRegistry registry, CancellationToken cancellation)
    {
        string person = OrganisationRequest.ParsePerson(await RequestBody.ReadAsync(request, RequestBody.MaxJsonBytes, cancellation));
        return TypedResults.Ok(new NewPersonView(name, person, await registry.RenewTokenAsync(name, person, cancellation)));
    }

    internal static Ok<OrganisationListView> List(OrganisationDirectory directory) =>
        TypedResults.Ok(new OrganisationListView(directory.All.Select(OrganisationView.Of)));

    internal static Ok<OrganisationView> Get(string name, OrganisationDirectory directory) =>
        directory.TryFind(name, out Organisation? organisation)
            ? TypedResults.Ok(OrganisationView.Of(organisation))
            : throw Refuse.NotFound($"organisation {(OrganisationRequest.IsName(name) ? name : "with a name that cannot be")}", "a registered organisation");
}
