using System.Text.Json;

namespace IotAttest.EndToEnd.Tests;

/// <summary>What the operator reads about a board.</summary>
internal static class VerifierReads
{
    public static async Task<JsonElement> DeviceAsync(this VerifierUnderTest verifier, string ueid)
    {
        using HttpClient client = verifier.Operator();
        return await client.GetJsonAsync($"/v1/devices/{ueid}");
    }
}
