using System.Globalization;
using System.Text.Json;
using IotAttest.Domain.Json;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Hosting;

/// <summary>Reads one JSON object of known members; whatever else it holds is refused by name.</summary>
internal sealed class RequestFields : IDisposable
{
    private const int MaxDepth = 4;

    private readonly JsonDocument? _document;
    private readonly JsonElement _object;
    private readonly string _path;

    private RequestFields(JsonDocument? document, JsonElement element, string path, ReadOnlySpan<string> names)
    {
        _document = document;
        _object = element;
        _path = path;
        RequireObject(names);
    }

    /// <exception cref="ProblemException">No JSON, no object, a member twice, or one that is not in <paramref name="names"/>.</exception>
    public static RequestFields Parse(ReadOnlyMemory<byte> json, params ReadOnlySpan<string> names)
    {
        try
        {
            JsonDocument document = StrictJson.Parse(json, MaxDepth);
            return new RequestFields(document, document.RootElement, "", names);
        }
        catch (JsonException cause)
        {
            throw Refuse.Malformed($"no JSON object that can be read ({cause.Message})", $"one JSON object with {Join(names)}", "Correct the JSON.");
        }
    }

    /// <summary>A member that is an object itself.</summary>
    public RequestFields Object(string name, params ReadOnlySpan<string> names) =>
        new(null, Element(name) ?? throw Missing(name, "an object"), $"{_path}{name}.", names);

    /// <summary>An item of a member that is an array of objects.</summary>
    public RequestFields Item(string name, int index, params ReadOnlySpan<string> names) =>
        new(null, _object.GetProperty(name)[index], string.Create(CultureInfo.InvariantCulture, $"{_path}{name}[{index}]."), names);

    public JsonElement? Element(string name) =>
        _object.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public string Text(string name, int maxLength) => OptionalText(name, maxLength) ?? throw Missing(name, $"a text of 1 to {maxLength} characters");

    public string? OptionalText(string name, int maxLength) => Element(name) is { } value ? TextOf(value, name, maxLength) : null;

    /// <summary>An array of texts; empty when the member is absent.</summary>
    public string[] Texts(string name, int maxCount, int maxLength)
    {
        if (Element(name) is not { } value)
        {
            return [];
        }

        return value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= maxCount
            ? [.. value.EnumerateArray().Select(item => TextOf(item, name, maxLength))]
            : throw Wrong(name, value.ValueKind == JsonValueKind.Array ? $"{value.GetArrayLength()} values" : $"{value.ValueKind}", $"an array of at most {maxCount} texts");
    }

    /// <summary>The refusal of a member's value.</summary>
    public ProblemException Wrong(string name, string seen, string expected) =>
        Refuse.Malformed($"\"{_path}{name}\" is {seen}", expected, $"Correct \"{_path}{name}\".");

    public void Dispose() => _document?.Dispose();

    private static string Join(ReadOnlySpan<string> names) => string.Join(", ", names.ToArray().Select(name => $"\"{name}\""));

    private void RequireObject(ReadOnlySpan<string> names)
    {
        if (_object.ValueKind != JsonValueKind.Object)
        {
            throw Refuse.Malformed($"{(_path.Length == 0 ? "the body" : _path.TrimEnd('.'))} is {_object.ValueKind}", $"a JSON object with {Join(names)}", "Send an object.");
        }

        foreach (JsonProperty property in _object.EnumerateObject())
        {
            if (!names.Contains(property.Name))
            {
                throw Refuse.Malformed($"an unknown member \"{_path}{Shorten(property.Name)}\"", $"only {Join(names)}", "Remove it, or correct its spelling.");
            }
        }
    }

    private string TextOf(JsonElement value, string name, int maxLength)
    {
        string? text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return text switch
        {
            null => throw Wrong(name, $"{value.ValueKind}", "a text"),
            { Length: 0 } => throw Wrong(name, "empty", $"a text of 1 to {maxLength} characters"),
            _ when text.Length > maxLength => throw Wrong(name, $"{text.Length} characters long", $"a text of 1 to {maxLength} characters"),
            _ when text.Any(char.IsControl) && !text.StartsWith("-----BEGIN", StringComparison.Ordinal) => throw Wrong(name, "a text with control characters", "a text without them"),
            _ => text,
        };
    }

    private ProblemException Missing(string name, string expected) =>
        Refuse.Malformed($"no \"{_path}{name}\"", expected, $"Add \"{_path}{name}\".");

    private static string Shorten(string name) => name.Length <= 40 ? name : $"{name[..40]}...";
}
