using System.Text.Json;
using IotAttest.Service.Access;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace IotAttest.Service.Devices;

internal static class EnrolmentRoutes
{
    public static void MapEnrolment(this RouteGroupBuilder group) => group.MapPost("", EnrolAsync)
        .Accepts<EnrolmentRequest>("application/json", EnrolmentBatch.MediaType, EnrolmentBatch.OtherMediaType)
        .Produces<EnrolmentView>(StatusCodes.Status201Created)
        .Produces<EnrolmentView>()
        .ForRoles(Roles.Manufacturer, Roles.Integrator);

    internal static async Task<IResult> EnrolAsync(HttpRequest request, Enrolment enrolment, CancellationToken cancellation)
    {
        if (IsLines(request.ContentType))
        {
            return new EnrolmentBatch(enrolment);
        }

        ReadOnlyMemory<byte> json = await RequestBody.ReadAsync(request, EnrolmentRecord.MaxBytes, cancellation);
        EnrolmentOutcome[] outcomes = await enrolment.EnrolAsync([enrolment.Prepare(Caller.Of(request.HttpContext.User), json)], cancellation);
        return ToResult(outcomes[0]);
    }

    private static bool IsLines(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type)
        && (type.MediaType.Equals(EnrolmentBatch.MediaType, StringComparison.OrdinalIgnoreCase) || type.MediaType.Equals(EnrolmentBatch.OtherMediaType, StringComparison.OrdinalIgnoreCase));

    internal static IResult ToResult(EnrolmentOutcome outcome)
    {
        if (outcome.Refusal is { } refusal)
        {
            return new ProblemResult(refusal);
        }

        EnrolmentView view = new(outcome.Ueid!, outcome.Kid!, outcome.Credential);
        return outcome.Added is null ? TypedResults.Ok(view) : TypedResults.Created($"/v1/devices/{outcome.Ueid}", view);
    }

    /// <summary>The enrolment record, for the OpenAPI document; <see cref="EnrolmentRecord"/> reads it.</summary>
    internal sealed record EnrolmentRequest(string Ueid, JsonElement Oemid, Guid Class, JsonElement Key, string? Credential, string EvidenceStrength, string? Freshness, string Organisation, string? Owner);
}
