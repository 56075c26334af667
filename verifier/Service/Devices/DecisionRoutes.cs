using IotAttest.Domain.Devices;
using IotAttest.Service.Access;
using IotAttest.Service.Appraisals;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IotAttest.Service.Devices;

internal static class DecisionRoutes
{
    public static void MapDecisions(this RouteGroupBuilder group)
    {
        group.MapPost("/{ueid}/clear", ClearAsync).Accepts<DecisionRequest>("application/json").ForRoles(Roles.Manufacturer, Roles.Integrator);
        group.MapPost("/{ueid}/decommission", DecommissionAsync).Accepts<DecisionRequest>("application/json").ForRoles(Roles.Manufacturer, Roles.Integrator);
        group.MapPost("/{ueid}/rekey", RekeyAsync).Accepts<RekeyRequest>("application/json").ForRoles(Roles.Manufacturer, Roles.Integrator);
        group.MapPut("/{ueid}/group", GroupAsync).Accepts<GroupRequest>("application/json").ForRoles(Roles.Manufacturer, Roles.Integrator);
        foreach (DeviceStep step in DeviceSteps.OfPersons)
        {
            group.MapPost(
                    $"/{{ueid}}/{step.Word()}",
                    (string ueid, HttpRequest request, DeviceDirectory directory, DeviceDecisions decisions, VerdictSource verdicts, CancellationToken cancellation) =>
                        StepAsync(step, ueid, request, directory, decisions, verdicts, cancellation))
                .Accepts<DecisionRequest>("application/json").ProducesProblem(StatusCodes.Status409Conflict).ForRoles(Roles.Manufacturer, Roles.Integrator);
        }
    }

    internal static async Task<Ok<DeviceView>> StepAsync(
        DeviceStep step, string ueid, HttpRequest request, DeviceDirectory directory, DeviceDecisions decisions, VerdictSource verdicts, CancellationToken cancellation)
    {
        Caller caller = Caller.Of(request.HttpContext.User);
        DeviceEntry device = DeviceSight.FindToDecide(directory, caller, ueid);
        string reason = DecisionRequest.ParseReason(await RequestBody.ReadAsync(request, RequestBody.MaxJsonBytes, cancellation));
        return Answer(await decisions.StepAsync(device, step, caller, reason, cancellation), verdicts, request);
    }

    internal static async Task<Ok<DeviceView>> ClearAsync(string ueid, HttpRequest request, DeviceDirectory directory, DeviceDecisions decisions, VerdictSource verdicts, CancellationToken cancellation)
    {
        Caller caller = Caller.Of(request.HttpContext.User);
        DeviceEntry device = DeviceSight.FindToDecide(directory, caller, ueid);
        string reason = DecisionRequest.ParseReason(await RequestBody.ReadAsync(request, RequestBody.MaxJsonBytes, cancellation));
        return Answer(await decisions.ClearAsync(device, caller, reason, cancellation), verdicts, request);
    }

    internal static async Task<Ok<DeviceView>> DecommissionAsync(string ueid, HttpRequest request, DeviceDirectory directory, DeviceDecisions decisions, VerdictSource verdicts, CancellationToken cancellation)
    {
        Caller caller = Caller.Of(request.HttpContext.User);
        DeviceEntry device = DeviceSight.FindToDecide(directory, caller, ueid);
        string reason = DecisionRequest.ParseReason(await RequestBody.ReadAsync(request, RequestBody.MaxJsonBytes, cancellation));
        return Answer(await decisions.DecommissionAsync(device, caller, reason, cancellation), verdicts, request);
    }

    internal static async Task<Ok<DeviceView>> GroupAsync(string ueid, HttpRequest request, DeviceDirectory directory, DeviceGroups groups, VerdictSource verdicts, CancellationToken cancellation)
    {
        Caller caller = Caller.Of(request.HttpContext.User);
        DeviceEntry device = DeviceSight.FindToDecide(directory, caller, ueid);
        GroupRequest wanted = GroupRequest.Parse(await RequestBody.ReadAsync(request, RequestBody.MaxJsonBytes, cancellation));
        return Answer(await groups.PutAsync(device, caller, wanted.Group, cancellation), verdicts, request);
    }

    internal static async Task<Ok<EnrolmentView>> RekeyAsync(string ueid, HttpRequest request, DeviceDirectory directory, DeviceRekey rekey, CancellationToken cancellation)
    {
        Caller caller = Caller.Of(request.HttpContext.User);
        DeviceEntry device = DeviceSight.FindToDecide(directory, caller, ueid);
        RequireMayRekey(caller, device);
        NewKey wanted = RekeyRequest.Parse(await RequestBody.ReadAsync(request, RequestBody.MaxJsonBytes, cancellation), device.Identity.Ueid);
        return TypedResults.Ok(await rekey.RekeyAsync(device, wanted, caller, cancellation));
    }

    /// <summary>As with enrolment: a key given by an integrator is good for self-reported boards only.</summary>
    private static void RequireMayRekey(Caller caller, DeviceEntry device)
    {
        if (!caller.ActsAs(Roles.Manufacturer, device.Identity.Manufacturer) && device.Identity.Strength != EvidenceStrength.SelfReported)
        {
            throw Refuse.Forbidden($"a new key for a {device.Identity.Strength.Word()} board from {caller.Name}", $"the token of {device.Identity.Manufacturer}");
        }
    }

    private static Ok<DeviceView> Answer(DeviceEntry device, VerdictSource verdicts, HttpRequest request) =>
        TypedResults.Ok(DeviceView.Of(device, verdicts.Of(device), RequestLanguage.Of(request.HttpContext)));
}
