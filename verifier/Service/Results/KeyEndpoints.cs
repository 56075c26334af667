using System.Buffers.Text;
using System.Security.Cryptography;
using IotAttest.Domain.Cose;
using IotAttest.Service.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IotAttest.Service.Results;

/// <summary>The verifier's public key as a JWK set (RFC 7517): what results and epoch markers verify under, offline too.</summary>
internal static class KeyEndpoints
{
    public static void MapKeys(this IEndpointRouteBuilder routes) => routes.MapGet("/v1/keys", Read).WithTags("Results").ForAnybody();

    internal static JwkSet Read(VerifierKey key)
    {
        ECParameters point = key.Signer.ExportParameters(includePrivateParameters: false);
        return new JwkSet([new Jwk("EC", "P-256", Base64Url.EncodeToString(point.Q.X), Base64Url.EncodeToString(point.Q.Y), Kid.OfKey(key.Signer).ToString(), "ES256", "sig")]);
    }
}
