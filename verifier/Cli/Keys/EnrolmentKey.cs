using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using IotAttest.Cli.Failures;

namespace IotAttest.Cli.Keys;

/// <summary>Device keys as JWK (RFC 7517, RFC 7518 section 6), as enrolment takes them: never the private half of a P-256 key.</summary>
internal static class EnrolmentKey
{
    public static JsonObject OfSecret(ReadOnlySpan<byte> secret) => new() { ["kty"] = "oct", ["k"] = Base64Url.EncodeToString(secret) };

    public static JsonObject OfPublic(ECDsa key)
    {
        ECPoint point = key.ExportParameters(includePrivateParameters: false).Q;
        return new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Base64Url.EncodeToString(point.X), ["y"] = Base64Url.EncodeToString(point.Y) };
    }

    /// <summary>The private JWK, which goes into the board and nowhere else.</summary>
    public static JsonObject OfPrivate(ECDsa key)
    {
        ECParameters parameters = key.ExportParameters(includePrivateParameters: true);
        JsonObject jwk = OfPublic(key);
        jwk["d"] = Base64Url.EncodeToString(parameters.D);
        CryptographicOperations.ZeroMemory(parameters.D);
        return jwk;
    }

    public static JsonObject Of(CheckKeys keys, string path) => keys switch
    {
        { HmacKey: { } secret } => OfSecret(secret),
        { PublicKeys: [ECDsa key] } => OfPublic(key),
        _ => throw CliException.WrongUsage($"{keys.PublicKeys.Count} keys in {path}", "exactly one key", "pass a file with the board's new key alone"),
    };
}
