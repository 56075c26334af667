using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text.Json;
using IotAttest.Domain.Freshness;
using IotAttest.Protocol;
using IotAttest.Service.Access;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IotAttest.Service.Freshness;

/// <summary>Challenges and epoch markers for boards without MQTT.</summary>
internal static class FreshnessEndpoints
{
    private const int MaxBodyBytes = 1024;

    public static void MapFreshness(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/v1").WithTags("Evidence");
        group.MapPost("/challenges", IssueAsync).Accepts<ChallengeRequest>("application/json").ForAnybody().LimitedByAddress();
        group.MapGet("/epoch", ReadEpoch).ForAnybody();
    }

    /// <summary>A challenge for any UEID: an unknown one gets the same shape, so that nobody can list boards.</summary>
    internal static async Task<Ok<ChallengeView>> IssueAsync(HttpRequest request, ChallengeKeyRing challenges, CancellationToken cancellation)
    {
        byte[] ueid = ReadUeid(await RequestBody.ReadAsync(request, MaxBodyBytes, cancellation));
        byte[] challenge = await challenges.MintAsync(ueid);
        DateTimeOffset issuedAt = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(challenge));
        return TypedResults.Ok(new ChallengeView(Base64Url.EncodeToString(challenge), UtcText.Of(issuedAt + ChallengeCheck.Lifetime)));
    }

    internal static FileContentHttpResult ReadEpoch(EpochClock epochs) => epochs.Current is [{ } newest, ..]
        ? TypedResults.Bytes(newest.Bytes.ToArray(), "application/cwt")
        : throw Refuse.NotFound("no epoch marker yet", "a marker within seconds of the start");

    private static byte[] ReadUeid(ReadOnlyMemory<byte> body)
    {
        try
        {
            ChallengeRequest? request = JsonSerializer.Deserialize<ChallengeRequest>(body.Span, JsonSerializerOptions.Web);
            if (Ueid.FromHex(request?.Ueid) is { } ueid)
            {
                return ueid;
            }
        }
        catch (JsonException)
        {
            // Answered below: one text says what was expected.
        }

        throw Refuse.Malformed("a body without a proper ueid", """{"ueid":"01..."} with 34 lower-case hex digits""", "Send the ueid of the enrolment record.");
    }
}
