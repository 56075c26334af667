using IotAttest.Domain.Devices;
using IotAttest.Service.Access;
using IotAttest.Service.Access.Sessions;
using IotAttest.Service.Devices;
using IotAttest.Service.Problems;
using Microsoft.AspNetCore.Http;

namespace IotAttest.Service.Web.Fleet;

/// <summary>Decisions about a board, as forms.</summary>
internal static class DeviceForms
{
    public static async Task<SeeOther> DecideAsync(string ueid, string action, HttpContext context, DeviceDirectory directory, DeviceDecisions decisions, CancellationToken cancellation)
    {
        Caller caller = Caller.Of(context.User);
        DeviceEntry device = DeviceSight.FindToDecide(directory, caller, ueid);
        string reason = DecisionRequest.ParseReason(await FormFields.ReasonAsync(context));
        await (action switch
        {
            "clear" => decisions.ClearAsync(device, caller, reason, cancellation),
            "decommission" => decisions.DecommissionAsync(device, caller, reason, cancellation),
            _ => decisions.StepAsync(device, StepOf(action), caller, reason, cancellation),
        });
        return SeeOther.To($"{PageLink.Board(ueid)}?done={action}");
    }

    public static async Task<SeeOther> GroupAsync(string ueid, HttpContext context, DeviceDirectory directory, DeviceGroups groups, CancellationToken cancellation)
    {
        Caller caller = Caller.Of(context.User);
        DeviceEntry device = DeviceSight.FindToDecide(directory, caller, ueid);
        string group = FormFields.Line((await FormGuard.ReadAsync(context))["group"].ToString());
        await groups.PutAsync(device, caller, GroupRequest.Parse(FormFields.Json(new() { ["group"] = group })).Group, cancellation);
        return SeeOther.To($"{PageLink.Board(ueid)}?done=group");
    }

    private static DeviceStep StepOf(string action) => DeviceSteps.OfPersons.Where(step => step.Word() == action).Select(step => (DeviceStep?)step).FirstOrDefault()
        ?? throw Refuse.NotFound("no such decision", "clear, quarantine, release, repair, return or decommission");
}
