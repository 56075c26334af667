using IotAttest.Domain.Devices;
using IotAttest.Service.Access;
using IotAttest.Service.Devices;
using IotAttest.Service.Problems;
using IotAttest.Service.Web.Desk;
using Microsoft.AspNetCore.Http;

namespace IotAttest.Service.Web.Fleet;

/// <summary>Decisions about a board, as forms.</summary>
internal static class DeviceForms
{
    public static Task<IResult> DecideAsync(string ueid, string action, HttpContext context, DeviceDirectory directory, DeviceDecisions decisions, CancellationToken cancellation) =>
        DeskForm.TakeAsync(context, PageOf(ueid), async form =>
        {
            Caller caller = Caller.Of(context.User);
            DeviceEntry device = DeviceSight.FindToDecide(directory, caller, ueid);
            string reason = DecisionRequest.ParseReason(FormFields.Reason(form, context));
            await (action switch
            {
                "clear" => decisions.ClearAsync(device, caller, reason, cancellation),
                "decommission" => decisions.DecommissionAsync(device, caller, reason, cancellation),
                _ => decisions.StepAsync(device, StepOf(action), caller, reason, cancellation),
            });
            return DeskForm.After(PageLink.Board(ueid), action);
        });

    public static Task<IResult> GroupAsync(string ueid, HttpContext context, DeviceDirectory directory, DeviceGroups groups, CancellationToken cancellation) =>
        DeskForm.TakeAsync(context, PageOf(ueid), async form =>
        {
            Caller caller = Caller.Of(context.User);
            DeviceEntry device = DeviceSight.FindToDecide(directory, caller, ueid);
            string group = FormFields.Line(form["group"].ToString());
            await groups.PutAsync(device, caller, GroupRequest.Parse(FormFields.Json(new() { ["group"] = group })).Group, cancellation);
            return DeskForm.After(PageLink.Board(ueid), "group");
        });

    private static PageResult PageOf(string ueid) => PageResult.Of<DevicePage>((nameof(DevicePage.Ueid), ueid));

    private static DeviceStep StepOf(string action) => DeviceSteps.OfPersons.Where(step => step.Word() == action).Select(step => (DeviceStep?)step).FirstOrDefault()
        ?? throw Refuse.NotFound("no such decision", "clear, quarantine, release, repair, return or decommission");
}
