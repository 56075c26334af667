using System.Security.Cryptography;
using System.Text.Json.Nodes;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Results;

namespace IotAttest.Domain.Certificates;

/// <summary>The public record of a certificate as a JWT, signed by the verifier as registry: for people, shops and other registries.</summary>
/// <remarks>The body's own word is the signed CoRIM; this says what the registry held about it at one moment. A statement about now ends after
/// a day, because a decision may follow; one about a past moment stays true. The claim status (IETF Token Status List, section 6.2) says where to look in between.</remarks>
public static class CertificateJwt
{
    /// <summary>typ of the header: a media type of its own, without "application/".</summary>
    public const string Type = "iotattest-certificate+jwt";

    /// <summary>How long a statement about the present can be shown.</summary>
    public static TimeSpan Validity { get; } = TimeSpan.FromHours(24);

    /// <summary>Signs a record.</summary>
    /// <param name="id">The certificate; sub.</param>
    /// <param name="publicRecord">What GET /v1/certificates/{id} answers as JSON; the claim certificate.</param>
    /// <param name="isPast">The record is about a moment in the past: no exp.</param>
    /// <param name="issuedAt">iat.</param>
    /// <param name="statusUri">The status list that has its status later.</param>
    /// <param name="statusIndex">Its place in that list.</param>
    /// <param name="key">The registry's key; iss names it.</param>
    public static string Sign(string id, JsonObject publicRecord, bool isPast, DateTimeOffset issuedAt, string statusUri, int statusIndex, ECDsa key)
    {
        JsonObject claims = new()
        {
            ["iss"] = $"urn:iotattest:registry:{Kid.OfKey(key)}",
            ["sub"] = id,
            ["iat"] = issuedAt.ToUnixTimeSeconds(),
            ["certificate"] = publicRecord,
            ["status"] = new JsonObject { ["status_list"] = new JsonObject { ["idx"] = statusIndex, ["uri"] = statusUri } },
        };
        if (!isPast)
        {
            claims["exp"] = (issuedAt + Validity).ToUnixTimeSeconds();
        }

        return CompactJws.Sign(Type, claims, key);
    }
}
