using System.Data.Common;
using IotAttest.Service.Access;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;
using IotAttest.Service.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Audit;

/// <summary><c>GET /v1/audit</c>: operator and auditors read all of it, an organisation its own.</summary>
internal static class AuditRoutes
{
    public static IServiceCollection AddAudit(this IServiceCollection services) => services.AddSingleton<RefusalBudget>();

    public static void MapAudit(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/audit", Read).WithTags("Audit").ForRoles([.. Roles.OfOrganisations]);

    internal static Ok<AuditPage> Read(string? organisation, string? since, string? limit, HttpContext context, Database database)
    {
        Caller caller = Caller.Of(context.User);
        bool mayReadAll = caller.IsOperator || caller.Has(Roles.Auditor);
        if (!mayReadAll && organisation is not null && organisation != caller.Organisation)
        {
            throw Refuse.Forbidden($"the audit log of another organisation, asked for by {caller.Name}", "your own organisation, or the role auditor");
        }

        string? whose = mayReadAll ? organisation : caller.Organisation;
        Paging paging = Paging.Parse(limit, since);
        using DbConnection connection = database.Open();
        IReadOnlyList<AuditRow> rows = AuditTable.Read(connection, whose is null, whose == Roles.Operator ? null : whose, paging.Cursor ?? 0, paging.Limit);
        return TypedResults.Ok(new AuditPage([.. rows.Select(AuditView.Of)], Paging.CursorOf(rows.Count > 0 ? rows[^1].Seq : paging.Cursor ?? 0)));
    }
}
