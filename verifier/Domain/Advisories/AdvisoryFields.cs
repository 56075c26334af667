using System.Globalization;
using System.Text.Json;

namespace IotAttest.Domain.Advisories;

/// <summary>Reads members with a sticky error: after the first failure everything reads as absent.</summary>
internal sealed class AdvisoryFields
{
    internal const int MaxTextLength = 2048;

    /// <summary>Longest text that only people read; what is longer is cut, not refused.</summary>
    private const int MaxProseLength = 500;

    private const string Correct = "Correct the file, or ask its author for one that follows the standard.";

    internal AdvisoryError? Error { get; private set; }

    internal bool HasFailed => Error is not null;

    internal void Fail(string path, string seen, string expected, string todo = Correct) => Error ??= new AdvisoryError(path.TrimEnd('.'), Shorten(seen), expected, todo);

    /// <summary>A member that must be an object.</summary>
    internal JsonElement Object(JsonElement parent, string path, string name)
    {
        JsonElement? value = OptionalObject(parent, path, name);
        if (value is null)
        {
            Fail(path + name, "nothing", "an object");
        }

        return value ?? default;
    }

    internal JsonElement? OptionalObject(JsonElement parent, string path, string name)
    {
        if (Member(parent, name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            Fail(path + name, $"{value.ValueKind}", "an object");
            return null;
        }

        return value;
    }

    /// <summary>The items of a member that is an array of objects; nothing when it is absent.</summary>
    internal IEnumerable<(JsonElement Item, string Path)> Objects(JsonElement parent, string path, string name, int max)
    {
        foreach ((JsonElement item, string place) in Items(parent, path, name, max))
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                Fail(place, $"{item.ValueKind}", "an object");
                yield break;
            }

            yield return (item, place + ".");
        }
    }

    /// <summary>The items of a member that is an array of texts; nothing when it is absent.</summary>
    internal IEnumerable<(string Text, string Path)> Texts(JsonElement parent, string path, string name, int max)
    {
        foreach ((JsonElement item, string place) in Items(parent, path, name, max))
        {
            string? text = TextOf(item, place);
            if (text is null)
            {
                yield break;
            }

            yield return (text, place);
        }
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

    /// <summary>Null when the member is absent or null.</summary>
    internal string? OptionalText(JsonElement parent, string path, string name) =>
        Member(parent, name) is { } value && value.ValueKind != JsonValueKind.Null ? TextOf(value, path + name) : null;

    /// <summary>A text that only people read: lines become one, what is too long is cut. Empty when it is absent.</summary>
    internal static string Prose(JsonElement parent, string name)
    {
        string? text = Member(parent, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
        string line = string.Join(' ', (text ?? "").Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        return string.Concat(line.Where(letter => !char.IsControl(letter)).Take(MaxProseLength));
    }

    /// <summary>RFC 3339 with its offset.</summary>
    internal DateTimeOffset Time(JsonElement parent, string path, string name) => OptionalTime(parent, path, name) ?? MissingTime(path + name);

    internal DateTimeOffset? OptionalTime(JsonElement parent, string path, string name)
    {
        if (OptionalText(parent, path, name) is not { } text)
        {
            return null;
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time) && time.Year >= 1970)
        {
            return time;
        }

        Fail(path + name, $"\"{text}\"", "a date and time after RFC 3339");
        return null;
    }

    internal static JsonElement? Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement value) ? value : null;

    private DateTimeOffset MissingTime(string path)
    {
        Fail(path, "nothing", "a date and time after RFC 3339");
        return DateTimeOffset.UnixEpoch;
    }

    private IEnumerable<(JsonElement Item, string Path)> Items(JsonElement parent, string path, string name, int max)
    {
        if (HasFailed || Member(parent, name) is not { } list || list.ValueKind == JsonValueKind.Null)
        {
            yield break;
        }

        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > max)
        {
            Fail(path + name, list.ValueKind == JsonValueKind.Array ? $"{list.GetArrayLength()} items" : $"{list.ValueKind}", $"an array of at most {max}");
            yield break;
        }

        int index = 0;
        foreach (JsonElement item in list.EnumerateArray())
        {
            if (HasFailed)
            {
                yield break;
            }

            yield return (item, string.Create(CultureInfo.InvariantCulture, $"{path}{name}[{index++}]"));
        }
    }

    private string? TextOf(JsonElement value, string path)
    {
        if (HasFailed)
        {
            return null;
        }

        string? text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        if (text is { Length: >= 1 and <= MaxTextLength } && !text.Any(char.IsControl))
        {
            return text;
        }

        string seen = value.ValueKind != JsonValueKind.String ? $"{value.ValueKind}" : text is { Length: 0 } ? "an empty text" : text?.Length > MaxTextLength ? $"{text.Length} characters" : "no printable text";
        Fail(path, seen, $"a printable text of 1 to {MaxTextLength} characters");
        return null;
    }

    private static string Shorten(string text) => text.Length <= 100 ? text : $"{text[..100]}...";
}
