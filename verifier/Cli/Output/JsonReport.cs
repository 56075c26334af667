using System.Text.Json;

namespace IotAttest.Cli.Output;

/// <summary>Shows an answer of the verifier: as it came, or its members line by line.</summary>
internal static class JsonReport
{
    public static void Write(Terminal terminal, JsonElement answer, bool asJson)
    {
        if (asJson || answer.ValueKind != JsonValueKind.Object)
        {
            terminal.WriteJson(answer);
            return;
        }

        terminal.WriteFields([.. answer.EnumerateObject().Select(member => (member.Name, TextOf(member.Value)))]);
    }

    /// <summary>A value as one line: texts without quotes, lists with commas, nothing for null and for empty lists.</summary>
    public static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Array when value.GetArrayLength() == 0 => null,
        JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) => string.Join(", ", value.EnumerateArray().Select(item => item.GetString())),
        _ => value.GetRawText(),
    };

    /// <summary>A member of an object as <see cref="TextOf"/> says it; null when it is absent.</summary>
    public static string? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? TextOf(value) : null;
}
