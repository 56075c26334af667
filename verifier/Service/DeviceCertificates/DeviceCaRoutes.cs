using System.Globalization;
using IotAttest.Service.Access;
using IotAttest.Service.Devices;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.DeviceCertificates;

/// <summary>Enrolment by device certificate (IEEE 802.1AR IDevID): docs/protocol.md.</summary>
internal static class DeviceCaRoutes
{
    public static IServiceCollection AddDeviceCertificates(this IServiceCollection services) =>
        services.AddSingleton<RevocationTable>().AddSingleton<DeviceCaRegistry>().AddSingleton<IDevIdEnrolment>();

    public static void MapDeviceCertificates(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/v1/organisations/{name}/device-cas").WithTags("Device certificates");
        group.MapPost("", AddAsync).Accepts<DeviceCaRequest>("application/json").ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ForRoles(Roles.Manufacturer);
        group.MapGet("", List).ForRoles(Roles.Manufacturer, Roles.Auditor);
        group.MapDelete("/{ca}", RemoveAsync).Accepts<DecisionRequest>("application/json").ForRoles(Roles.Manufacturer);
        group.MapPut("/{ca}/crl", RevokeAsync).WithMetadata(new RequestSizeLimitAttribute(CrlUpload.MaxBytes)).Accepts<byte[]>(CrlUpload.DerType, CrlUpload.PemType).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ForRoles(Roles.Manufacturer);
        routes.MapPost("/v1/devices/idevid", EnrolAsync).WithTags("Device certificates").Accepts<IDevIdRequest>("application/json")
            .Produces<EnrolmentView>(StatusCodes.Status201Created).Produces<EnrolmentView>()
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ForRoles(Roles.Manufacturer, Roles.Integrator);
    }

    internal static async Task<Results<Created<DeviceCaView>, Ok<DeviceCaView>>> AddAsync(string name, HttpRequest request, DeviceCaRegistry registry, TimeProvider clock, CancellationToken cancellation)
    {
        Caller caller = CallerFor(request.HttpContext, name);
        DeviceCa wanted = DeviceCaRequest.Parse(await RequestBody.ReadAsync(request, RequestBody.MaxJsonBytes, cancellation), name, clock.GetUtcNow());
        (DeviceCa stored, bool isNew) = await registry.AddAsync(wanted, caller, cancellation);
        DeviceCaView view = DeviceCaView.Of(stored, []);
        return isNew ? TypedResults.Created($"/v1/organisations/{name}/device-cas/{view.Id}", view) : TypedResults.Ok(view);
    }

    internal static Ok<DeviceCaListView> List(string name, HttpContext context, DeviceCaRegistry registry)
    {
        Caller caller = Caller.Of(context.User);
        return caller.Has(Roles.Auditor) || caller.ActsAs(Roles.Manufacturer, name) ? TypedResults.Ok(new DeviceCaListView(registry.List(name))) : throw NotYours(caller);
    }

    internal static async Task<Ok<DeviceCaView>> RemoveAsync(string name, string ca, HttpRequest request, DeviceCaRegistry registry, CancellationToken cancellation)
    {
        CallerFor(request.HttpContext, name);
        DeviceCa found = registry.Find(name, ca);
        string reason = DecisionRequest.ParseReason(await RequestBody.ReadAsync(request, RequestBody.MaxJsonBytes, cancellation));
        return TypedResults.Ok(DeviceCaView.Of(await registry.RemoveAsync(found, reason, cancellation), []));
    }

    internal static async Task<Ok<CrlView>> RevokeAsync(string name, string ca, HttpRequest request, DeviceCaRegistry registry, CancellationToken cancellation)
    {
        Caller caller = CallerFor(request.HttpContext, name);
        DeviceCa found = registry.Find(name, ca);
        ReadOnlyMemory<byte> body = await RequestBody.ReadAsync(request, CrlUpload.MaxBytes, cancellation);
        (CrlUpload upload, int revoked) = await registry.RevokeAsync(found, body, caller, cancellation);
        return TypedResults.Ok(new CrlView(upload.IssuerKey, upload.List.Number.ToString(CultureInfo.InvariantCulture), UtcText.Of(upload.List.ThisUpdate), UtcText.Of(upload.List.NextUpdate)) { Revoked = revoked });
    }

    internal static async Task<IResult> EnrolAsync(HttpRequest request, IDevIdEnrolment enrolment, CancellationToken cancellation)
    {
        Caller caller = Caller.Of(request.HttpContext.User);
        using IDevIdRequest asked = IDevIdRequest.Parse(await RequestBody.ReadAsync(request, RequestBody.MaxJsonBytes, cancellation));
        return EnrolmentRoutes.ToResult(await enrolment.EnrolAsync(asked, caller, cancellation));
    }

    private static Caller CallerFor(HttpContext context, string manufacturer)
    {
        Caller caller = Caller.Of(context.User);
        return caller.ActsAs(Roles.Manufacturer, manufacturer) ? caller : throw NotYours(caller);
    }

    private static ProblemException NotYours(Caller caller) => Refuse.Forbidden($"the token of {caller.Name}", "the manufacturer whose root it is");
}
