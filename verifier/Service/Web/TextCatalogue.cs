using System.Collections.Frozen;
using System.Text.Json;

namespace IotAttest.Service.Web;

/// <summary>All words of the pages, part of the program: Texts/en.json and Texts/de.json, and for each desk a pair of its own such as Texts/body.en.json.</summary>
internal static class TextCatalogue
{
    private const string Prefix = "IotAttest.Service.Web.Texts.";
    private const char RightToLeft = '\u202E';
    private const char EndOfDirection = '\u202C';

    private static readonly FrozenDictionary<string, FrozenDictionary<string, string>> ByLanguage =
        new[] { Language.English, Language.German }.ToFrozenDictionary(language => language.Code, Read);

    /// <summary>All keys of a language.</summary>
    public static IEnumerable<string> KeysOf(Language language) => ByLanguage[language.Code].Keys;

    /// <exception cref="KeyNotFoundException">No such text: a mistake in a page.</exception>
    public static string Find(Language language, string key)
    {
        if (language == Language.Mirrored)
        {
            return Mirror(Find(Language.English, key));
        }

        return ByLanguage[language.Code].TryGetValue(key, out string? text)
            ? text
            : throw new KeyNotFoundException($"Texts/{language.Code}.json has no \"{key}\"; add it to every language.");
    }

    public static bool Has(string key) => ByLanguage[Language.English.Code].ContainsKey(key);

    // Between placeholders: what is put in keeps its own direction.
    private static string Mirror(string text) => $"{RightToLeft}{text.Replace("{", $"{EndOfDirection}{{", StringComparison.Ordinal).Replace("}", $"}}{RightToLeft}", StringComparison.Ordinal)}{EndOfDirection}";

    private static FrozenDictionary<string, string> Read(Language language) => typeof(TextCatalogue).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith($".{language.Code}.json", StringComparison.Ordinal))
        .SelectMany(ReadFile)
        .ToFrozenDictionary(StringComparer.Ordinal);

    private static Dictionary<string, string> ReadFile(string name)
    {
        using Stream stream = typeof(TextCatalogue).Assembly.GetManifestResourceStream(name)!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!;
    }
}
