using IotAttest.Service.Access;
using IotAttest.Service.Appraisals;
using IotAttest.Service.Devices;
using IotAttest.Service.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IotAttest.Service.Results;

/// <summary>The attestation result of one board, signed on request: a verdict is computed from what is true now, not kept.</summary>
internal static class ResultEndpoints
{
    private const string JwtType = "application/eat+jwt";

    public static void MapResults(this IEndpointRouteBuilder routes) => routes.MapGet("/v1/devices/{ueid}/result", Read)
        .WithTags("Results")
        .ForRoles(Roles.Manufacturer, Roles.Integrator, Roles.Auditor, Roles.Operator);

    internal static IResult Read(string ueid, HttpRequest request, DeviceDirectory devices, VerdictSource verdicts, ResultSigner signer)
    {
        DeviceEntry device = DeviceSight.Find(devices, Caller.Of(request.HttpContext.User), ueid);
        bool wantsJwt = request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType == JwtType);
        if (!wantsJwt)
        {
            return TypedResults.Ok(DeviceView.Of(device, verdicts.Of(device), RequestLanguage.Of(request.HttpContext)));
        }

        DeviceState state = device.State;
        return state.Nonce.Length == 0
            ? throw Refuse.NotFound($"no evidence of board {ueid} yet", "a board that attested")
            : TypedResults.Text(signer.SignJwt(ueid, verdicts.Of(device, state), state.Nonce), JwtType);
    }
}
