using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace IotAttest.Service.Tests;

/// <summary>Enrolment records for tests.</summary>
internal static class Boards
{
    public const string Class = "3c1d9a52-9f6e-4f0c-8a7b-2d5e6f708192";

    public static string NewUeid() => $"01{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}";

    public static JsonObject Hmac(string? ueid = null, byte[]? key = null, string organisation = "acme", string strength = "native") =>
        Record(ueid ?? NewUeid(), HmacKey(key ?? RandomNumberGenerator.GetBytes(32)), organisation, strength);

    public static JsonObject P256(string? ueid = null, ECDsa? key = null, string organisation = "acme", string strength = "native") =>
        Record(ueid ?? NewUeid(), P256Key(key), organisation, strength);

    public static JsonObject HmacKey(byte[] key) => new() { ["kty"] = "oct", ["k"] = Base64Url.EncodeToString(key) };

    public static JsonObject P256Key(ECDsa? key = null)
    {
        using ECDsa made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        ECPoint point = (key ?? made).ExportParameters(false).Q;
        return new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Base64Url.EncodeToString(point.X), ["y"] = Base64Url.EncodeToString(point.Y) };
    }

    /// <summary>The record with one member changed; null takes it out.</summary>
    public static JsonObject With(this JsonObject record, string name, JsonNode? value)
    {
        JsonObject changed = record.DeepClone().AsObject();
        changed.Remove(name);
        if (value is not null)
        {
            changed[name] = value.DeepClone();
        }

        return changed;
    }

    private static JsonObject Record(string ueid, JsonObject key, string organisation, string strength) => new()
    {
        ["ueid"] = ueid,
        ["oemid"] = 32473,
        ["class"] = Class,
        ["key"] = key,
        ["evidenceStrength"] = strength,
        ["freshness"] = "challenge",
        ["organisation"] = organisation,
    };
}
