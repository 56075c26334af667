using System.Text.Json;
using IotAttest.Cli.Output;
using IotAttest.Domain.Corim.Documents;

namespace IotAttest.Cli.Commands.Build;

/// <summary>Shows a CoRIM of another tool: every member that says something, indented by its place.</summary>
internal static class DocumentReport
{
    private const int Indent = 2;

    public static void Write(Terminal terminal, CorimDocument document)
    {
        JsonElement element = JsonSerializer.SerializeToElement(document, JsonSerializerOptions.Web);
        WriteObject(terminal, element, 0);
    }

    private static void WriteObject(Terminal terminal, JsonElement element, int depth)
    {
        foreach (JsonProperty member in element.EnumerateObject())
        {
            WriteMember(terminal, member.Name, member.Value, depth);
        }
    }

    private static void WriteMember(Terminal terminal, string name, JsonElement value, int depth)
    {
        string start = new string(' ', depth * Indent) + name;
        if (OneLine(value) is { } line)
        {
            terminal.WriteLine($"{start}: {line}");
        }
        else if (value.ValueKind == JsonValueKind.Object && value.EnumerateObject().Any(member => !IsEmpty(member.Value)))
        {
            terminal.WriteLine($"{start}:");
            WriteObject(terminal, value, depth + 1);
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            int index = 0;
            foreach (JsonElement item in value.EnumerateArray())
            {
                WriteMember(terminal, $"{name}[{index++}]", item, depth);
            }
        }
    }

    /// <summary>Plain values and the pairs of kind and text; null for what needs lines of its own, and for nothing.</summary>
    private static string? OneLine(JsonElement value)
    {
        if (IsEmpty(value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return value.TryGetProperty("kind", out JsonElement kind) && value.TryGetProperty("text", out JsonElement text)
                ? $"{kind.GetString()} {text.GetString()}"
                : null;
        }

        return value.ValueKind == JsonValueKind.Array && value.EnumerateArray().Any(item => item.ValueKind is JsonValueKind.Object) ? null : JsonReport.TextOf(value);
    }

    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => true,
        JsonValueKind.String => value.GetString()!.Length == 0,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        _ => false,
    };
}
