using System.Text.Json;
using IotAttest.Support;

namespace IotAttest.Protocol.Tests;

/// <summary>Reads tests/vectors/evidence.</summary>
internal static class EvidenceVectors
{
    private static readonly JsonElement Manifest = Parse("evidence/manifest.json");

    public static IEnumerable<JsonElement> Inputs => Parse("evidence/inputs.json").EnumerateArray();

    public static JsonElement Parse(string path) => JsonDocument.Parse(File.ReadAllBytes(SharedData.OwnVector(path))).RootElement;

    public static byte[] Bytes(string name) => File.ReadAllBytes(SharedData.OwnVector($"evidence/{name}.cbor"));

    public static IEnumerable<string> NamesExpecting(Func<string, bool> expectation) =>
        Manifest.GetProperty("vectors").EnumerateArray().Where(vector => expectation(vector.Text("expect"))).Select(vector => vector.Text("name"));

    /// <summary>The published test key that an input names, under the algorithm that it asks for.</summary>
    public static IEvidenceAuthenticator AuthenticatorOf(JsonElement input)
    {
        JsonElement key = Manifest.GetProperty("keys").GetProperty(input.Text("key"));
        byte[] keyId = key.Hex("kid");
        return input.GetProperty("algorithm").GetInt32() == CoseLabel.Hmac256
            ? new HmacAuthenticator(key.Hex("k"), keyId)
            : new DeterministicEs256(key.Hex("d"), keyId, input.GetProperty("algorithm").GetInt32());
    }

    public static EvidenceClaims ClaimsOf(JsonElement input)
    {
        EvidenceClaims claims = new()
        {
            Nonce = input.Hex("nonce"),
            Ueid = input.Hex("ueid"),
            HardwareModel = input.Hex("hwmodel"),
            UptimeSeconds = input.GetProperty("uptime").GetInt64(),
            BootCount = input.GetProperty("bootcount").GetInt64(),
            BootSeed = input.Hex("bootseed"),
            HardwareVersion = input.OptionalText("hwversion"),
            SoftwareName = input.OptionalText("swname"),
            SoftwareVersion = input.OptionalText("swversion"),
        };
        SetVariants(claims, input);
        foreach (JsonElement component in input.GetProperty("components").EnumerateArray())
        {
            Assert.True(claims.AddComponent(component.Text("name"), component.Hex("sha256")));
        }

        return claims;
    }

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static byte[] Hex(this JsonElement element, string name) => Convert.FromHexString(element.Text(name));

    private static string? OptionalText(this JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static void SetVariants(EvidenceClaims claims, JsonElement input)
    {
        JsonElement oemId = input.GetProperty("oemid");
        if (oemId.ValueKind == JsonValueKind.String)
        {
            claims.OemIdBytes = Convert.FromHexString(oemId.GetString()!);
        }
        else
        {
            claims.OemId = oemId.GetInt64();
        }

        if (input.TryGetProperty("oemboot", out JsonElement oemBoot))
        {
            claims.OemBoot = oemBoot.GetBoolean() ? 1 : 0;
        }

        if (input.TryGetProperty("dbgstat", out JsonElement debugStatus))
        {
            claims.DebugStatus = debugStatus.GetInt32();
        }
    }
}
