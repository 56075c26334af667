using System.Text.Json;
using System.Text.Json.Nodes;
using IotAttest.Support;

namespace IotAttest.Service.Tests;

/// <summary>The project's own evidence vectors, as evidence of two enrolled boards.</summary>
internal static class EvidenceVectors
{
    private static readonly JsonElement Manifest = JsonDocument.Parse(File.ReadAllText(SharedData.OwnVector("evidence/manifest.json"))).RootElement;

    /// <summary>Everything that must be refused before its key is looked up.</summary>
    public static IEnumerable<(string Name, string Expect, byte[] Bytes)> Refused => Manifest.GetProperty("vectors").EnumerateArray()
        .Where(vector => vector.Text("expect") != "accept")
        .Select(vector => (vector.Text("name"), vector.Text("expect"), File.ReadAllBytes(SharedData.OwnVector($"evidence/{vector.Text("name")}.cbor"))));

    /// <summary>Enrolment records of the boards whose published keys made the vectors.</summary>
    public static IEnumerable<JsonObject> Records()
    {
        JsonElement hmac = Manifest.GetProperty("keys").GetProperty("hmac");
        yield return Boards.Hmac(hmac.Text("ueid"), Convert.FromHexString(hmac.Text("k")));
    }
}
