using System.Text.Json;
using System.Text.Unicode;

namespace IotAttest.Domain.Json;

/// <summary>Parses JSON from anybody (RFC 8259) so that reading it later cannot fail: every name and text in it is Unicode, and no object
/// has a member twice.</summary>
/// <remarks>The framework checks neither bytes nor escapes of a text while it parses: whoever reads the name or the text, also the
/// framework's own search for members that stand twice, gets an InvalidOperationException.</remarks>
public static class StrictJson
{
    /// <summary>Parses one document.</summary>
    /// <param name="json">The whole document, UTF-8.</param>
    /// <param name="maxDepth">Deepest nesting of objects and arrays.</param>
    /// <returns>The document; the caller disposes of it.</returns>
    /// <exception cref="JsonException">No JSON, nested deeper, a member twice, bytes that are no UTF-8 (section 8.1), or an escape that is
    /// half of a surrogate pair: valid JSON, but no text (section 8.2).</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json, int maxDepth)
    {
        RequireText(json.Span, maxDepth);
        return JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = maxDepth, AllowDuplicateProperties = false });
    }

    private static void RequireText(ReadOnlySpan<byte> json, int maxDepth)
    {
        if (!Utf8.IsValid(json))
        {
            throw new JsonException("Bytes that are no UTF-8.");
        }

        // Without such an escape all texts are as valid as the bytes.
        if (json.IndexOf("\\u"u8) < 0)
        {
            return;
        }

        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = maxDepth });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String && reader.ValueIsEscaped && !IsText(ref reader))
            {
                throw new JsonException($"Half of a surrogate pair in the text at byte {reader.TokenStartIndex}.");
            }
        }
    }

    private static bool IsText(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
