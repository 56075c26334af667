using System.Collections.Immutable;
using System.Text.Json;

namespace IotAttest.Domain.Policies;

/// <summary>Reads members of a policy document; keeps the first error.</summary>
internal sealed class PolicyMembers(JsonElement document)
{
    public PolicyError? Error { get; private set; }

    /// <summary>Refuses a member that no policy has; one that differs in hyphens, underscores, dots or case is told its right name.</summary>
    public static PolicyError? CheckNames(JsonElement document, string[] known)
    {
        foreach (JsonProperty property in document.EnumerateObject())
        {
            if (!known.Contains(property.Name))
            {
                string name = property.Name.Length <= 40 ? property.Name : $"{property.Name[..40]}...";
                return Meant(property.Name, known) is { } meant
                    ? new PolicyError($"a member \"{name}\"", $"\"{meant}\", spelt like that")
                    : new PolicyError($"an unknown member \"{name}\"", $"only {string.Join(", ", known)}");
            }
        }

        return null;
    }

    public string? Text(string name, int maxLength) => OptionalText(name, maxLength) ?? Fail<string>($"no \"{name}\"", $"a text of 1 to {maxLength} characters");

    public string? OptionalText(string name, int maxLength)
    {
        if (Element(name) is not { } value)
        {
            return null;
        }

        string? text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return text is { Length: > 0 } && text.Length <= maxLength && !text.Any(char.IsControl) ? text : Fail<string>(Seen(name, value), $"a text of 1 to {maxLength} characters");
    }

    public long? Number(string name, long min, long max) => OptionalNumber(name, min, max) ?? FailNumber($"no \"{name}\"", min, max);

    public long? OptionalNumber(string name, long min, long max)
    {
        if (Element(name) is not { } value)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) && number >= min && number <= max ? number : FailNumber(Seen(name, value), min, max);
    }

    /// <summary>One word of a set.</summary>
    public T Word<T>(string name, IEnumerable<T> values, Func<T, string> word)
        where T : struct
    {
        ImmutableArray<(string Word, T Value)> words = [.. values.Select(value => (word(value), value))];
        return Element(name) is { } value ? Find(name, value, words) : Fail<T>($"no \"{name}\"", Join(words));
    }

    /// <summary>A list of different words.</summary>
    public List<T> Set<T>(string name, ImmutableArray<(string Word, T Value)> words, bool mayBeEmpty)
        where T : struct
    {
        List<T> found = [];
        if (Element(name) is not { ValueKind: JsonValueKind.Array } list || (list.GetArrayLength() == 0 && !mayBeEmpty))
        {
            Fail<T>(Element(name) is { } other ? Seen(name, other) : $"no \"{name}\"", $"a list of {Join(words)}");
            return found;
        }

        foreach (JsonElement item in list.EnumerateArray())
        {
            T value = Find(name, item, words);
            if (found.Contains(value))
            {
                Fail<T>($"\"{name}\" names {item.GetRawText()} twice", "each once");
            }

            found.Add(value);
        }

        return found;
    }

    private static string? Meant(string name, IEnumerable<string> known) => known.FirstOrDefault(candidate => Bare(candidate) == Bare(name));

    private static string Bare(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static string Join<T>(IEnumerable<(string Word, T Value)> words) => string.Join(", ", words.Select(entry => entry.Word));

    private static string Seen(string name, JsonElement value)
    {
        string raw = value.GetRawText();
        return $"\"{name}\" is {(raw.Length <= 60 ? raw : $"{raw[..60]}...")}";
    }

    private T Find<T>(string name, JsonElement value, ImmutableArray<(string Word, T Value)> words)
        where T : struct
    {
        string? text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        foreach ((string word, T found) in words)
        {
            if (word == text)
            {
                return found;
            }
        }

        string? meant = text is null ? null : Meant(text, words.Select(entry => entry.Word));
        return Fail<T>(Seen(name, value), meant is null ? Join(words) : $"\"{meant}\", spelt like that");
    }

    private JsonElement? Element(string name) => document.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private long? FailNumber(string seen, long min, long max)
    {
        Fail<long>(seen, $"a whole number from {min} to {max}");
        return null;
    }

    private T? Fail<T>(string seen, string expected)
    {
        Error ??= new PolicyError(seen, expected);
        return default;
    }
}
