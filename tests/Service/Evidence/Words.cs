using System.Text.Json;

namespace IotAttest.Service.Tests;

/// <summary>Short forms for the device object.</summary>
internal static class Words
{
    public static string[] Drift(this JsonElement device) => device.Texts("drift");

    public static string[] Texts(this JsonElement json, string name) => [.. json.GetProperty(name).EnumerateArray().Select(word => word.GetString()!)];

    /// <summary>The device object without the counter that refusals may change.</summary>
    public static string WithoutRefusals(this JsonElement device) =>
        string.Join('\n', device.EnumerateObject().Where(member => member.Name != "refusals").Select(member => $"{member.Name}: {member.Value.GetRawText()}"));

    public static long RefusalCount(this JsonElement device) => device.GetProperty("refusals").GetProperty("count").GetInt64();
}
