using System.Net;
using IotAttest.Domain.Evidence;
using IotAttest.Protocol;
using IotAttest.Service.Access;
using IotAttest.Service.Appraisals;
using IotAttest.Service.Devices;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IotAttest.Service.Evidence;

/// <summary>Evidence over HTTP, for boards without MQTT; no login, the evidence authenticates itself.</summary>
internal static class EvidenceEndpoints
{
    private const string EvidenceType = "application/eat+cwt";

    public static void MapEvidence(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/v1").WithTags("Evidence");
        group.MapPost("/evidence", SubmitAsync).Accepts<byte[]>(EvidenceType).ForAnybody().LimitedByAddress();
        group.MapGet("/refusals", (AddressRefusals addresses) => TypedResults.Ok(new { refusals = addresses.All })).ForRoles(Roles.Auditor);
    }

    internal static async Task<Results<Ok<DeviceView>, ProblemResult>> SubmitAsync(HttpRequest request, EvidencePipeline pipeline, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> body = await RequestBody.ReadAsync(request, EvidenceProfile.MaxEvidenceBytes, cancellation);
        string address = (request.HttpContext.Connection.RemoteIpAddress ?? IPAddress.None).ToString();
        EvidenceAnswer answer = await pipeline.SubmitAsync(body, new EvidenceOrigin(null, address), cancellation);
        Refusal? refusal = answer.IsRepeat ? EvidenceRefusals.Repeated() : answer.Refusal;
        return refusal is null
            ? TypedResults.Ok(DeviceView.Of(answer.Device!, answer.Verdict!, RequestLanguage.Of(request.HttpContext)))
            : new ProblemResult(refusal.ToProblem());
    }
}
