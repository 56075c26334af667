using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Appraisal.Texts;
using IotAttest.Domain.Gate;
using IotAttest.Service.Access;
using IotAttest.Service.Appraisals;
using IotAttest.Service.Audit;
using IotAttest.Service.Devices;
using IotAttest.Service.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IotAttest.Service.Gate;

/// <summary><c>POST /v1/gate</c>: may these boards join? Answers from memory, so that a door need not wait.</summary>
internal static class GateRoutes
{
    public static void MapGate(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/gate", DecideAsync).WithTags("Gate").Accepts<GateRequest>("application/json").ForRoles(Roles.Manufacturer, Roles.Integrator, Roles.Auditor).WithMetadata(new ReadOnlyRoute());

    internal static async Task<Ok<GateAnswers>> DecideAsync(HttpRequest request, DeviceDirectory directory, VerdictSource verdicts, CancellationToken cancellation)
    {
        Caller caller = Caller.Of(request.HttpContext.User);
        GateRequest asked = GateRequest.Parse(await RequestBody.ReadAsync(request, RequestBody.MaxJsonBytes, cancellation));
        Language language = RequestLanguage.Of(request.HttpContext);
        GateView[] boards = [.. asked.Ueids.Select(ueid => Decide(ueid, asked.Mode, caller, directory, verdicts, language))];
        return TypedResults.Ok(new GateAnswers(Word(asked.Mode), boards));
    }

    private static GateView Decide(string ueid, GateMode mode, Caller caller, DeviceDirectory directory, VerdictSource verdicts, Language language)
    {
        if (!directory.TryFindByUeid(ueid, out DeviceEntry? device) || !DeviceSight.CanSee(caller, device))
        {
            return GateView.Of(ueid, Gatekeeper.DecideWithoutVerdict(mode), null, language);
        }

        Verdict verdict = verdicts.Of(device);
        return GateView.Of(ueid, Gatekeeper.Decide(verdict, mode), verdict, language);
    }

    private static string Word(GateMode mode) => mode switch
    {
        GateMode.Observe => "observe",
        GateMode.Warn => "warn",
        _ => "enforce",
    };
}
