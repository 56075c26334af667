using IotAttest.Service.Access;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IotAttest.Service.Builds;

internal static class ClassRoutes
{
    public static void MapClasses(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/v1/classes").WithTags("Builds");
        group.MapPost("/{class}/minimum-security-version", RaiseAsync).Accepts<MinimumRequest>("application/json").ForRoles(Roles.Manufacturer);
        group.MapGet("/{class}/minimum-security-version", Get).ForAnybody();
    }

    internal static async Task<Ok<MinimumView>> RaiseAsync(string @class, HttpRequest request, MinimumRegistry registry, CancellationToken cancellation)
    {
        Guid classId = ClassOf(@class);
        MinimumRequest minimum = MinimumRequest.Parse(await RequestBody.ReadAsync(request, RequestBody.MaxJsonBytes, cancellation));
        await registry.RaiseAsync(Caller.Of(request.HttpContext.User), classId, minimum, cancellation);
        return TypedResults.Ok(registry.Find(classId));
    }

    internal static Ok<MinimumView> Get(string @class, MinimumRegistry registry) => TypedResults.Ok(registry.Find(ClassOf(@class)));

    internal static Guid ClassOf(string text) =>
        Guid.TryParseExact(text, "D", out Guid classId) ? classId : throw Refuse.Malformed("a class that is no UUID", "a UUID", "Correct the class.");
}
