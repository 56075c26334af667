using IotAttest.Domain.Certificates.Applications;
using IotAttest.Service.Access;
using IotAttest.Service.Hosting;
using IotAttest.Service.Organisations;
using IotAttest.Service.Problems;
using IotAttest.Service.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Laboratories;

/// <summary>Who tests products, for which schemes and until when. The operator enters what accreditation bodies decided.</summary>
internal static class LaboratoryRoutes
{
    public static IServiceCollection AddLaboratories(this IServiceCollection services) => services.AddSingleton<LaboratoryCatalogue>();

    public static void MapLaboratories(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/laboratories", List).WithTags("Laboratories").ForAnybody();
        routes.MapPost("/v1/organisations/{name}/accreditation", AccreditAsync).WithTags("Laboratories").Accepts<AccreditationRequest>("application/json").ForRoles(Roles.Operator);
    }

    internal static Ok<LaboratoryListView> List(LaboratoryCatalogue catalogue) => TypedResults.Ok(catalogue.All());

    internal static async Task<Ok<LaboratoryView>> AccreditAsync(string name, HttpRequest request, OrganisationDirectory organisations, StoreWriter writer, TimeProvider clock, CancellationToken cancellation)
    {
        Accreditation accreditation = AccreditationRequest.Parse(await RequestBody.ReadAsync(request, RequestBody.MaxJsonBytes, cancellation));
        if (!organisations.TryFind(name, out Organisation? organisation) || !organisation.Has(Roles.Laboratory))
        {
            throw Refuse.NotFound("no laboratory of that name", "an organisation with the role laboratory");
        }

        DateTimeOffset now = clock.GetUtcNow();
        await writer.ExecuteAsync((connection, transaction) => AccreditationTable.Insert(connection, transaction, name, accreditation, now), cancellation);
        return TypedResults.Ok(LaboratoryView.Of(name, accreditation, now));
    }
}
