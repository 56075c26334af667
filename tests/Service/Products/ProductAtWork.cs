using System.Text.Json;
using System.Text.Json.Nodes;

namespace IotAttest.Service.Tests.Products;

/// <summary>Products of the class that test boards and test builds have.</summary>
internal static class ProductAtWork
{
    public const string Path = $"/v1/products/{Boards.Class}";

    /// <summary>A description with every member; the manufacturer is acme, whom the operator acts for.</summary>
    public static JsonObject Description(string? supportUntil = "2030-06-30") => new()
    {
        ["productName"] = "Thermostat T2",
        ["modelNumber"] = "T2-EU",
        ["hardwareRevisions"] = new JsonArray("A", "B"),
        ["categories"] = new JsonArray("thermostat", "consumer-smart-device"),
        ["gtin"] = "4006381333931",
        ["supportUntil"] = supportUntil,
        ["cvdPolicyUrl"] = "https://example.com/cvd",
        ["disclosureContact"] = "mailto:psirt@example.com",
        ["ackDays"] = 5,
        ["secureSetupUrl"] = "https://example.com/setup",
        ["defaultPasswordNote"] = "Each has its own.",
        ["updateInfo"] = "Over the air, each month.",
        ["marketStatus"] = "onSale",
        ["summary"] = "Keeps a room warm.",
        ["reason"] = "first description",
        ["manufacturer"] = "acme",
    };

    public static async Task<JsonElement> SetAsync(this HttpClient client, JsonObject description, int expected)
    {
        using HttpResponseMessage response = await client.PutJsonAsync(Path, description);
        Assert.True((int)response.StatusCode == expected, $"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        return await response.JsonAsync();
    }

    public static Task<HttpResponseMessage> ExtendAsync(this HttpClient client, string supportUntil) =>
        client.PostJsonAsync($"{Path}/support", new { supportUntil, reason = "parts are there for longer" });

    public static string[] Codes(this JsonElement view) => [.. view.GetProperty("warnings").EnumerateArray().Select(warning => warning.Text("code"))];
}
