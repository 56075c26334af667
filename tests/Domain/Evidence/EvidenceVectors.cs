using System.Text.Json;
using IotAttest.Domain.Cose;
using IotAttest.Domain.Devices;
using IotAttest.Support;

namespace IotAttest.Domain.Tests.Evidence;

/// <summary>The project's own evidence vectors and the published test keys behind them.</summary>
internal static class EvidenceVectors
{
    private static readonly JsonDocument Manifest = JsonDocument.Parse(File.ReadAllText(SharedData.OwnVector("evidence/manifest.json")));

    public static TheoryData<string, string, string> All()
    {
        TheoryData<string, string, string> rows = [];
        foreach (JsonElement vector in Manifest.RootElement.GetProperty("vectors").EnumerateArray())
        {
            rows.Add(vector.GetProperty("name").GetString()!, vector.GetProperty("key").GetString()!, vector.GetProperty("expect").GetString()!);
        }

        return rows;
    }

    public static TheoryData<string, string> Group(string group)
    {
        TheoryData<string, string> rows = [];
        foreach (JsonElement vector in Manifest.RootElement.GetProperty(group).EnumerateArray())
        {
            rows.Add(vector.GetProperty("name").GetString()!, vector.GetProperty("key").GetString()!);
        }

        return rows;
    }

    public static byte[] Bytes(string name) => File.ReadAllBytes(SharedData.OwnVector($"evidence/{name}.cbor"));

    public static IDeviceKey Key(string name)
    {
        JsonElement key = KeyRecord(name);
        return name == "hmac"
            ? new HmacDeviceKey(Hex(key, "k"))
            : new P256DeviceKey(EcdsaP256.TryFromCoordinates(Hex(key, "x"), Hex(key, "y"))!);
    }

    /// <summary>The record that enrolment of a vector's key would make.</summary>
    public static DeviceIdentity Device(string name, DecodedOwner owner) => new(
        KeyRecord(name).GetProperty("ueid").GetString()!,
        Convert.ToUInt64(KeyRecord(name).GetProperty("kid").GetString(), 16),
        name == "hmac" ? DeviceKeyKind.Hmac : DeviceKeyKind.P256,
        owner.OemId,
        owner.ClassId,
        owner.Strength,
        FreshnessMode.Challenge,
        "acme");

    private static JsonElement KeyRecord(string name) => Manifest.RootElement.GetProperty("keys").GetProperty(name);

    private static byte[] Hex(JsonElement key, string member) => Convert.FromHexString(key.GetProperty(member).GetString()!);

    internal sealed record DecodedOwner(OemId OemId, Guid ClassId, EvidenceStrength Strength);
}
