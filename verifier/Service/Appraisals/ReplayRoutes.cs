using IotAttest.Service.Access;
using IotAttest.Service.Audit;
using IotAttest.Service.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IotAttest.Service.Appraisals;

/// <summary><c>POST /v1/appraisals/{id}/replay</c>: the same verdict again, or what another policy would make of it. Changes nothing.</summary>
internal static class ReplayRoutes
{
    public static void MapReplay(this IEndpointRouteBuilder routes) => routes.MapPost("/v1/appraisals/{id}/replay", RunAsync)
        .WithTags("Appraisals")
        .Accepts<ReplayRequest>(isOptional: true, "application/json")
        .ForRoles(Roles.Manufacturer, Roles.Integrator, Roles.Auditor)
        .WithMetadata(new ReadOnlyRoute());

    internal static async Task<Ok<ReplayView>> RunAsync(string id, HttpRequest request, Replay replay, CancellationToken cancellation)
    {
        bool hasBody = request.ContentType is not null || request.ContentLength > 0;
        ReadOnlyMemory<byte> body = hasBody ? await RequestBody.ReadAsync(request, RequestBody.MaxJsonBytes, cancellation) : default;
        return TypedResults.Ok(replay.Run(Caller.Of(request.HttpContext.User), id, ReplayRequest.Parse(body)));
    }
}
