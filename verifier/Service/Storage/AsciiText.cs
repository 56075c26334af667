namespace IotAttest.Service.Storage;

/// <summary>Compares texts without case as the store does: letters of ASCII alone, so that both engines find the same.</summary>
internal static class AsciiText
{
    public static string ToLower(string text) => string.Create(text.Length, text, static (lower, text) =>
    {
        for (int i = 0; i < lower.Length; i++)
        {
            lower[i] = char.IsAsciiLetterUpper(text[i]) ? (char)(text[i] | 0x20) : text[i];
        }
    });
}
