using System.Globalization;

namespace IotAttest.Mqtt;

/// <summary>A client identifier for the log. Whoever connects chooses it, before anybody asked who that is: any text without U+0000 (section 1.5.3).</summary>
internal static class PrintableClientId
{
    private const char Replacement = '\uFFFD';

    /// <summary>The identifier with every character replaced that ends a line, steers a terminal or turns the reading direction.</summary>
    public static string Of(string clientId) =>
        clientId.Any(IsHidden) ? string.Concat(clientId.Select(character => IsHidden(character) ? Replacement : character)) : clientId;

    private static bool IsHidden(char character) => CharUnicodeInfo.GetUnicodeCategory(character)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
