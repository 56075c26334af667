using System.Text.Json;

namespace IotAttest.Cli.Output;

/// <summary>One component of a device object or result as a table row: name, matches, reported, expected.</summary>
internal static class ComponentRow
{
    public static string[] Of(JsonElement component) =>
        Of(JsonReport.Member(component, "name") ?? "", JsonReport.Member(component, "reported"), JsonReport.Member(component, "expected"));

    public static string[] Of(string name, string? reported, string? expected) =>
        [name, reported == expected ? "yes" : "no", reported ?? "-", expected ?? "-"];
}
