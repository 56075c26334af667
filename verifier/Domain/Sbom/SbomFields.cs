using System.Text.Json;

namespace IotAttest.Domain.Sbom;

/// <summary>Reads members with a sticky error: after the first failure everything reads as absent.</summary>
internal sealed class SbomFields
{
    private const int MaxTextLength = 1024;
    private const int MaxHashes = 16;

    private readonly List<SbomComponent> _components = [];

    internal SbomError? Error { get; private set; }

    internal IReadOnlyList<SbomComponent> Components => _components;

    internal void Fail(string path, string seen, string expected) => Error ??= new SbomError(path, seen, expected);

    internal void Add(string path, SbomComponent component)
    {
        if (_components.Count == SbomReader.MaxComponents)
        {
            Fail(path, $"more than {SbomReader.MaxComponents} components", $"at most {SbomReader.MaxComponents}");
        }

        if (Error is null)
        {
            _components.Add(component);
        }
    }

    /// <summary>The items of a member that is an array of objects; nothing when it is absent.</summary>
    internal List<(JsonElement Item, string Path)> Objects(JsonElement parent, string path, string name)
    {
        if (Error is not null || !parent.TryGetProperty(name, out JsonElement list) || list.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > SbomReader.MaxComponents)
        {
            string seen = list.ValueKind == JsonValueKind.Array ? $"{list.GetArrayLength()} items" : $"{list.ValueKind}";
            Fail(path + name, seen, $"an array of at most {SbomReader.MaxComponents}");
            return [];
        }

        List<(JsonElement Item, string Path)> objects = [.. list.EnumerateArray().Select((item, index) => (item, $"{path}{name}[{index}]."))];
        (JsonElement Item, string Path)? odd = objects.Cast<(JsonElement Item, string Path)?>().FirstOrDefault(entry => entry!.Value.Item.ValueKind != JsonValueKind.Object);
        if (odd is { } found)
        {
            Fail(found.Path.TrimEnd('.'), $"{found.Item.ValueKind}", "an object");
        }

        return Error is null ? objects : [];
    }

    internal string Text(JsonElement parent, string path, string name)
    {
        string? text = OptionalText(parent, path, name);
        if (text is null)
        {
            Fail(path + name, "nothing", $"a text of 1 to {MaxTextLength} characters");
        }

        return text ?? "";
    }

    /// <summary>Null when the member is absent, null or empty.</summary>
    internal string? OptionalText(JsonElement parent, string path, string name)
    {
        if (Error is not null || !parent.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        string? text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        if (text is null || text.Length > MaxTextLength || text.Any(char.IsControl))
        {
            string seen = value.ValueKind != JsonValueKind.String ? $"{value.ValueKind}" : text?.Length > MaxTextLength ? $"{text.Length} characters" : "no printable text";
            Fail(path + name, seen, $"a printable text of at most {MaxTextLength} characters");
            return null;
        }

        return text.Length == 0 ? null : text;
    }

    /// <summary>Hashes by algorithm, as CycloneDX writes the names; one twice keeps the first.</summary>
    internal Dictionary<string, string> Hashes(JsonElement parent, string path, string list, string algorithmName, string valueName)
    {
        Dictionary<string, string> hashes = [];
        foreach ((JsonElement item, string place) in Objects(parent, path, list))
        {
            string algorithm = Text(item, place, algorithmName);
            string value = Text(item, place, valueName);
            if (hashes.Count == MaxHashes || (Error is null && !value.All(char.IsAsciiHexDigit)))
            {
                Fail(place + valueName, "too many hashes, or no hex", $"at most {MaxHashes} hashes in hex");
            }

            hashes.TryAdd(Normalise(algorithm), value.ToLowerInvariant());
        }

        return hashes;
    }

    // SPDX writes SHA256 where CycloneDX writes SHA-256.
    private static string Normalise(string algorithm) =>
        algorithm.StartsWith("SHA", StringComparison.Ordinal) && algorithm.Length > 3 && char.IsAsciiDigit(algorithm[3]) ? $"SHA-{algorithm[3..]}" : algorithm;
}
