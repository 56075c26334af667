using IotAttest.Service.Access;
using IotAttest.Service.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace IotAttest.Service.Devices;

internal static class DeviceRoutes
{
    public static IServiceCollection AddDevices(this IServiceCollection services) => services
        .AddSingleton<MeasuredSetTable>()
        .AddSingleton<DeviceTable>()
        .AddSingleton<VerdictSource>()
        .AddSingleton<ReappraisalQueue>()
        .AddSingleton<EnrolmentRules>()
        .AddSingleton<Enrolment>()
        .AddSingleton(LoadDirectory);

    public static void MapDevices(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/v1/devices").WithTags("Devices");
        group.MapEnrolment();
        group.MapGet("/{ueid}", Get).ForRoles(Roles.Manufacturer, Roles.Integrator, Roles.Auditor);
    }

    internal static Ok<DeviceView> Get(string ueid, HttpContext context, DeviceDirectory directory, VerdictSource verdicts)
    {
        DeviceEntry device = DeviceSight.Find(directory, Caller.Of(context.User), ueid);
        return TypedResults.Ok(DeviceView.Of(device, verdicts.Of(device)));
    }

    private static DeviceDirectory LoadDirectory(IServiceProvider services)
    {
        DeviceDirectory directory = new();
        DeviceLoader loader = new(services.GetRequiredService<DeviceTable>(), services.GetRequiredService<MeasuredSetTable>());
        using SqliteConnection connection = services.GetRequiredService<Database>().Open();
        foreach (DeviceEntry device in loader.Load(connection))
        {
            directory.Put(device);
        }

        return directory;
    }
}
