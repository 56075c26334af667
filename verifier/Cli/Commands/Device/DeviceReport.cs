using System.Text.Json;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Commands.Device;

/// <summary>The device object (DESIGN.md section 8) for people.</summary>
internal static class DeviceReport
{
    private const string Components = "components";

    public static void Write(Terminal terminal, JsonElement device, bool asJson)
    {
        if (asJson || device.ValueKind != JsonValueKind.Object)
        {
            terminal.WriteJson(device);
            return;
        }

        terminal.WriteFields([.. device.EnumerateObject().Where(member => member.Name != Components).Select(member => (member.Name, ValueOf(member)))]);
        if (device.TryGetProperty(Components, out JsonElement components) && components.ValueKind == JsonValueKind.Array && components.GetArrayLength() > 0)
        {
            terminal.WriteTable(["component", "matches", "reported", "expected"], components.EnumerateArray().Select(ComponentRow.Of));
        }
    }

    // Refusals and alarms: how many, and the last of them.
    private static string? ValueOf(JsonProperty member) =>
        JsonReport.Member(member.Value, "count") is { } count
            ? $"{count}{(JsonReport.Member(member.Value, "last") is { } last ? $", the last: {last}" : "")}"
            : JsonReport.TextOf(member.Value);
}
