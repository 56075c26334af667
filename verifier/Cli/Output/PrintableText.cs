using System.Globalization;

namespace IotAttest.Cli.Output;

/// <summary>What strangers wrote, made safe for a terminal.</summary>
internal static class PrintableText
{
    private const char Replacement = '\uFFFD';

    /// <summary>The text with every control, format and line separator character replaced: no escape sequences, no turned reading direction.</summary>
    public static string Of(string text) => text.Any(IsHidden) ? string.Concat(text.Select(character => IsHidden(character) ? Replacement : character)) : text;

    private static bool IsHidden(char character) => CharUnicodeInfo.GetUnicodeCategory(character)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
