using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace IotAttest.Domain.Boards;

/// <summary>JSON to record. The error is sticky: the first one stays and later reads return nothing of use.</summary>
internal sealed partial class BoardJsonReader
{
    public const int MaxRegions = 32;

    private const int LongestSeen = 40;

    public BoardError? Error { get; private set; }

    public BoardDescription? ReadBoard(JsonElement root)
    {
        if (!CheckObject(root, "$", BoardFields.Required, BoardFields.Optional))
        {
            return null;
        }

        if (root.TryGetProperty("$schema", out JsonElement schema) && schema.ValueKind != JsonValueKind.String)
        {
            Fail("$.$schema", Describe(schema), "the address of the schema as a text", "correct or remove it");
        }

        BoardDescription board = new(
            ReadText(root, "name", Line(), "1 to 64 printable characters"),
            ReadText(root, "target", Target(), "the nanoff target: 1 to 64 of A-Z a-z 0-9 _ . -"),
            ReadClass(root),
            ReadOemId(root),
            ReadNumber(root, "$", "flashSize"),
            root.TryGetProperty("flashBase", out _) ? ReadNumber(root, "$", "flashBase") : 0,
            ReadNumber(root, "$", "deployAddress"),
            ReadRegions(root.GetProperty("regions")),
            ReadText(root, "keyStorage", Word(), "a word such as efuse-hmac"),
            ReadSecureBoot(root));
        return Error is null ? board : null;
    }

    private bool CheckObject(JsonElement element, string path, string[] required, string[] optional)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return Fail(path, Describe(element), "an object", "wrap the properties in { }");
        }

        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (string name in element.EnumerateObject().Select(property => property.Name))
        {
            if (!seen.Add(name))
            {
                return Fail($"{path}.{name}", "the property twice", "each property once", "remove one of them");
            }

            if (!required.Contains(name) && !optional.Contains(name))
            {
                return Fail($"{path}.{Shorten(name)}", "an unknown property", string.Join(", ", required.Concat(optional)), "remove it or correct its name");
            }
        }

        string? missing = required.FirstOrDefault(name => !seen.Contains(name));
        return missing is null || Fail($"{path}.{missing}", "nothing", "the property", "add it (hardware/board.schema.json)");
    }

    private string ReadText(JsonElement owner, string name, Regex shape, string expected, string path = "$")
    {
        JsonElement value = owner.GetProperty(name);
        if (value.ValueKind == JsonValueKind.String && shape.IsMatch(value.GetString()!))
        {
            return value.GetString()!;
        }

        Fail($"{path}.{name}", Describe(value), expected, "correct the text");
        return "";
    }

    private uint ReadNumber(JsonElement owner, string path, string name)
    {
        JsonElement value = owner.GetProperty(name);
        if (value.ValueKind == JsonValueKind.Number && value.TryGetUInt32(out uint number))
        {
            return number;
        }

        string text = value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        if (HexNumber().IsMatch(text))
        {
            return uint.Parse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        }

        Fail($"{path}.{name}", Describe(value), "a whole number from 0 to 4294967295, or a text such as \"0x1B0000\"", "correct the number");
        return 0;
    }

    private Guid? ReadClass(JsonElement root)
    {
        if (!root.TryGetProperty("class", out JsonElement value))
        {
            return null;
        }

        string text = value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        if (Guid.TryParseExact(text, "D", out Guid parsed) && text.Length == 36 && parsed != Guid.Empty)
        {
            return parsed;
        }

        Fail("$.class", Describe(value), "a UUID as 8-4-4-4-12 hex digits", "mint one with: iotattest board new-class");
        return null;
    }

    private BoardOemId? ReadOemId(JsonElement root)
    {
        if (!root.TryGetProperty("oemid", out JsonElement value))
        {
            return null;
        }

        BoardOemId? read = value.ValueKind switch
        {
            JsonValueKind.Number when value.TryGetInt64(out long number) => BoardOemId.FromNumber(number),
            JsonValueKind.String => BoardOemId.FromHex(value.GetString()!),
            _ => null,
        };
        if (read is null)
        {
            Fail("$.oemid", Describe(value), "a private enterprise number from 1 to 4294967295, or 32 hex digits",
                "use the manufacturer's number (RFC 9711 section 4.2.3)");
        }

        return read;
    }

    private string ReadSecureBoot(JsonElement root) => root.GetProperty("secureBoot").ValueKind switch
    {
        JsonValueKind.True => "yes",
        JsonValueKind.False => "none",
        _ => ReadText(root, "secureBoot", Word(), "a word such as esp-secure-boot-v2 or none, or true or false"),
    };

    private BoardRegion[] ReadRegions(JsonElement regions)
    {
        if (regions.ValueKind != JsonValueKind.Array || regions.GetArrayLength() is < 1 or > MaxRegions)
        {
            Fail("$.regions", regions.ValueKind == JsonValueKind.Array ? $"{regions.GetArrayLength()} regions" : Describe(regions),
                $"a list of 1 to {MaxRegions} regions", "list the flash map");
            return [];
        }

        return [.. regions.EnumerateArray().Select((region, index) => ReadRegion(region, $"$.regions[{index}]")).TakeWhile(region => region is not null)!];
    }

    private BoardRegion? ReadRegion(JsonElement region, string path)
    {
        if (!CheckObject(region, path, BoardFields.RegionRequired, []))
        {
            return null;
        }

        string name = ReadText(region, "name", RegionName(), "1 to 32 of a-z 0-9 _ -, a letter first", path);
        uint offset = ReadNumber(region, path, "offset");
        uint size = ReadNumber(region, path, "size");
        JsonElement measured = region.GetProperty("measured");
        if (measured.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Fail($"{path}.measured", Describe(measured), "true or false", "correct the value");
        }

        return new(name, offset, size, measured.ValueKind == JsonValueKind.True);
    }

    private bool Fail(string path, string seen, string expected, string advice)
    {
        Error ??= new(path, seen, expected, advice);
        return false;
    }

    private static string Describe(JsonElement value) => Shorten(value.GetRawText());

    // What a stranger wrote is shown, but short and on one line.
    private static string Shorten(string text)
    {
        string line = string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));
        return line.Length <= LongestSeen ? line : line[..LongestSeen] + "...";
    }

    [GeneratedRegex(@"\A[^\p{C}\p{Zl}\p{Zp}]{1,64}\z")]
    private static partial Regex Line();

    [GeneratedRegex(@"\A[A-Za-z0-9_.-]{1,64}\z")]
    private static partial Regex Target();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9 ._+-]{0,63}\z")]
    private static partial Regex Word();

    [GeneratedRegex(@"\A[a-z][a-z0-9_-]{0,31}\z")]
    private static partial Regex RegionName();

    [GeneratedRegex(@"\A0[xX][0-9A-Fa-f]{1,8}\z")]
    private static partial Regex HexNumber();
}
