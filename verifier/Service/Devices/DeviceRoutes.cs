using System.Data.Common;
using IotAttest.Service.Access;
using IotAttest.Service.Appraisals;
using IotAttest.Service.Hosting;
using IotAttest.Service.Storage;
using IotAttest.Service.Storage.Sharing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Devices;

internal static class DeviceRoutes
{
    public static IServiceCollection AddDevices(this IServiceCollection services) => services
        .AddSingleton<MeasuredSetTable>()
        .AddSingleton<DeviceTable>()
        .AddSingleton<VerdictSource>()
        .AddSingleton<ReappraisalQueue>()
        .AddSingleton<FleetSweep>()
        .AddSingleton<EnrolmentRules>()
        .AddSingleton<Enrolment>()
        .AddSingleton<DeviceListing>()
        .AddSingleton<DeviceDecisions>()
        .AddSingleton<DeviceRekey>()
        .AddSingleton<DeviceGroups>()
        .AddSingleton<IStoreFollower, DeviceFollower>()
        .AddSingleton(LoadDirectory);

    public static void MapDevices(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/v1/devices").WithTags("Devices");
        group.MapEnrolment();
        group.MapDecisions();
        group.MapGet("", List).ForRoles(Roles.Manufacturer, Roles.Integrator, Roles.Auditor);
        group.MapGet("/summary", Summarise).ForRoles(Roles.Manufacturer, Roles.Integrator, Roles.Auditor);
        group.MapGet("/{ueid}", Get).ForRoles(Roles.Manufacturer, Roles.Integrator, Roles.Auditor);
        group.MapGet("/{ueid}/history", History).ForRoles(Roles.Manufacturer, Roles.Integrator, Roles.Auditor);
    }

    internal static Ok<DevicePage> List([AsParameters] DeviceQuery query, HttpContext context, DeviceListing listing) =>
        TypedResults.Ok(listing.List(Caller.Of(context.User), query.Parse(), RequestLanguage.Of(context)));

    internal static Ok<DeviceSummary> Summarise(HttpContext context, DeviceDirectory directory, VerdictSource verdicts, TimeProvider clock) =>
        TypedResults.Ok(DeviceSummary.Of(Caller.Of(context.User), directory, verdicts, clock.GetUtcNow()));

    internal static Ok<DeviceView> Get(string ueid, HttpContext context, DeviceDirectory directory, VerdictSource verdicts)
    {
        DeviceEntry device = DeviceSight.Find(directory, Caller.Of(context.User), ueid);
        return TypedResults.Ok(DeviceView.Of(device, verdicts.Of(device), RequestLanguage.Of(context)));
    }

    internal static Ok<HistoryPage> History(string ueid, string? limit, string? cursor, HttpContext context, DeviceDirectory directory, Database database)
    {
        DeviceEntry device = DeviceSight.Find(directory, Caller.Of(context.User), ueid);
        Paging paging = Paging.Parse(limit, cursor);
        using DbConnection connection = database.Open();
        return TypedResults.Ok(HistoryTable.List(connection, device.RowId, paging));
    }

    private static DeviceDirectory LoadDirectory(IServiceProvider services)
    {
        DeviceDirectory directory = new();
        DeviceLoader loader = new(services.GetRequiredService<DeviceTable>(), services.GetRequiredService<MeasuredSetTable>());
        using DbConnection connection = services.GetRequiredService<Database>().Open();
        foreach (DeviceEntry device in loader.Load(connection))
        {
            directory.Put(device);
        }

        foreach ((string ueid, AlarmCounter alarms) in AlarmTable.All(connection))
        {
            if (directory.TryFindByUeid(ueid, out DeviceEntry? device))
            {
                device.Alarms = alarms;
            }
        }

        return directory;
    }
}
