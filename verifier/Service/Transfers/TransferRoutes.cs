using IotAttest.Domain.Devices;
using IotAttest.Service.Access;
using IotAttest.Service.Devices;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Transfers;

internal static class TransferRoutes
{
    private const string MediaType = "application/cose";

    public static IServiceCollection AddTransfers(this IServiceCollection services) => services.AddSingleton<TransferRules>().AddSingleton<TransferRegistry>();

    public static void MapTransfers(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/v1/transfers").WithTags("Transfers");
        group.MapPost("", OfferAsync).Accepts<byte[]>(MediaType).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ForRoles(Roles.Manufacturer, Roles.Integrator);
        group.MapGet("", List).ForRoles(Roles.Manufacturer, Roles.Integrator, Roles.Auditor);
        group.MapGet("/{id}", Get).ForRoles(Roles.Manufacturer, Roles.Integrator, Roles.Auditor);
        group.MapPost("/{id}/accept", AcceptAsync).Accepts<DecisionRequest>("application/json").ProducesProblem(StatusCodes.Status409Conflict).ForRoles(Roles.Integrator);
        group.MapPost("/{id}/decline", DeclineAsync).Accepts<DecisionRequest>("application/json").ProducesProblem(StatusCodes.Status409Conflict).ForRoles(Roles.Integrator);
        group.MapPost("/{id}/withdraw", WithdrawAsync).Accepts<DecisionRequest>("application/json").ProducesProblem(StatusCodes.Status409Conflict).ForRoles(Roles.Manufacturer, Roles.Integrator);
    }

    internal static async Task<Results<Created<TransferDetailView>, Ok<TransferDetailView>>> OfferAsync(HttpRequest request, TransferRegistry registry, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> file = await RequestBody.ReadAsync(request, TransferStatement.MaxBytes, cancellation);
        (TransferDetailView view, bool isNew) = await registry.OfferAsync(Caller.Of(request.HttpContext.User), file.ToArray(), cancellation);
        return isNew ? TypedResults.Created($"/v1/transfers/{view.Id}", view) : TypedResults.Ok(view);
    }

    internal static Ok<TransferPage> List(string? limit, string? cursor, HttpContext context, TransferRegistry registry) =>
        TypedResults.Ok(registry.List(Caller.Of(context.User), Paging.Parse(limit, cursor)));

    internal static Ok<TransferDetailView> Get(string id, HttpContext context, TransferRegistry registry) =>
        TypedResults.Ok(registry.View(registry.Find(Caller.Of(context.User), id).Id));

    internal static async Task<Ok<TransferDetailView>> AcceptAsync(string id, HttpRequest request, TransferRegistry registry, CancellationToken cancellation)
    {
        (Transfer transfer, Caller caller, string reason) = await ReadAsync(id, request, registry, isSenders: false, cancellation);
        return TypedResults.Ok(await registry.AcceptAsync(transfer, caller, reason, cancellation));
    }

    internal static async Task<Ok<TransferDetailView>> DeclineAsync(string id, HttpRequest request, TransferRegistry registry, CancellationToken cancellation)
    {
        (Transfer transfer, Caller caller, string reason) = await ReadAsync(id, request, registry, isSenders: false, cancellation);
        return TypedResults.Ok(await registry.EndAsync(transfer, TransferState.Declined, caller, reason, cancellation));
    }

    internal static async Task<Ok<TransferDetailView>> WithdrawAsync(string id, HttpRequest request, TransferRegistry registry, CancellationToken cancellation)
    {
        (Transfer transfer, Caller caller, string reason) = await ReadAsync(id, request, registry, isSenders: true, cancellation);
        return TypedResults.Ok(await registry.EndAsync(transfer, TransferState.Withdrawn, caller, reason, cancellation));
    }

    private static async Task<(Transfer Transfer, Caller Caller, string Reason)> ReadAsync(string id, HttpRequest request, TransferRegistry registry, bool isSenders, CancellationToken cancellation)
    {
        Caller caller = Caller.Of(request.HttpContext.User);
        Transfer transfer = registry.Find(caller, id);
        bool may = isSenders
            ? caller.ActsAs(Roles.Manufacturer, transfer.From) || caller.ActsAs(Roles.Integrator, transfer.From)
            : caller.ActsAs(Roles.Integrator, transfer.To);
        if (!may)
        {
            throw Refuse.Forbidden($"the token of {caller.Name}", isSenders ? $"the sender, {transfer.From}" : $"the receiver, {transfer.To}");
        }

        return (transfer, caller, DecisionRequest.ParseReason(await RequestBody.ReadAsync(request, RequestBody.MaxJsonBytes, cancellation)));
    }
}
