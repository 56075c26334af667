using System.Text.Json;

namespace IotAttest.Cli.Output;

/// <summary>Shows an answer of the verifier: as it came, or its plain members line by line, those of an object within it under its name.</summary>
internal static class JsonReport
{
    public static void Write(Terminal terminal, JsonElement answer, bool asJson)
    {
        if (asJson || answer.ValueKind != JsonValueKind.Object)
        {
            terminal.WriteJson(answer);
            return;
        }

        terminal.WriteFields([.. answer.EnumerateObject().OrderBy(Rank).SelectMany(Lines)]);
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

    // What a person asks first comes first; the sort is stable, the rest stays as the verifier ordered it.
    private static int Rank(JsonProperty member) => member.Name switch { "id" => 0, "status" => 1, _ => 2 };

    private static IEnumerable<(string Name, string? Value)> Lines(JsonProperty member) => member.Value.ValueKind == JsonValueKind.Object
        ? member.Value.EnumerateObject().Where(inner => IsPlain(inner.Value)).Select(inner => ($"{member.Name}.{inner.Name}", TextOf(inner.Value)))
        : IsPlain(member.Value) ? [(member.Name, TextOf(member.Value))] : [];

    // What lies deeper, lists of objects, and keys and certificates in PEM are for --json.
    private static bool IsPlain(JsonElement value) =>
        value.ValueKind != JsonValueKind.Object && !IsPem(value) && (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String));

    private static bool IsPem(JsonElement value) => value.ValueKind == JsonValueKind.String && value.GetString()!.StartsWith("-----BEGIN ", StringComparison.Ordinal);
}
