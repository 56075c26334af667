using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace IotAttest.Domain.Boards;

/// <summary>Reads board.json, the description of a board or of a product model (hardware/board.schema.json).</summary>
public static class BoardJson
{
    /// <summary>The longest text that is read, in UTF-8 bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    private const int MaxDepth = 4;

    /// <summary>Reads and checks a board description.</summary>
    /// <param name="json">The text of the file, at most 64 KiB.</param>
    /// <param name="board">The description; null when the text is refused.</param>
    /// <param name="error">The first thing that does not hold; null when the text is taken.</param>
    /// <returns>True when the text is a board description that holds together: names, sizes and no overlap (see the schema).</returns>
    public static bool TryRead(
        string json,
        [NotNullWhen(true)] out BoardDescription? board,
        [NotNullWhen(false)] out BoardError? error)
    {
        ArgumentNullException.ThrowIfNull(json);
        board = null;
        error = CheckText(json);
        if (error is not null)
        {
            return false;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(Encoding.UTF8.GetBytes(json), new JsonDocumentOptions { MaxDepth = MaxDepth });
            board = Read(document.RootElement, out error);
        }
        catch (JsonException notJson)
        {
            error = new("$", $"no JSON in line {notJson.LineNumber + 1}, column {notJson.BytePositionInLine + 1}",
                $"JSON (RFC 8259) nested at most {MaxDepth} deep", "correct the file at that place");
        }

        return board is not null;
    }

    /// <summary>Names the product model: a copy of a board description with class and manufacturer filled in, the rest as it was.</summary>
    /// <param name="json">A text that <see cref="TryRead"/> takes; a class or oemid in it is replaced.</param>
    /// <param name="class">The new class; not empty.</param>
    /// <param name="oemid">Private enterprise number of the manufacturer, 1 to 4294967295.</param>
    /// <returns>The text of the new file.</returns>
    /// <exception cref="ArgumentException">The text is no board description, the class is empty or the number out of range.</exception>
    public static string WithClass(string json, Guid @class, long oemid)
    {
        if (!TryRead(json, out _, out BoardError? error))
        {
            throw new ArgumentException(error.Message, nameof(json));
        }

        if (@class == Guid.Empty || BoardOemId.FromNumber(oemid) is not { } manufacturer)
        {
            throw new ArgumentException($"seen class {@class} and oemid {oemid}; expected a random UUID and a number from 1 to {uint.MaxValue}");
        }

        string withClass = BoardJsonEditor.Set(json, "class", $"\"{@class:D}\"", after: "target");
        return BoardJsonEditor.Set(withClass, "oemid", manufacturer.ToString(), after: "class");
    }

    private static BoardError? CheckText(string json)
    {
        if (json.Length > MaxBytes || Encoding.UTF8.GetByteCount(json) > MaxBytes)
        {
            return new("$", $"a text of {json.Length} characters", $"at most {MaxBytes} bytes", "pass a board.json, not another file");
        }

        // Half a surrogate pair is legal JSON (RFC 8259 section 8.2) but no text; nothing in a board description needs one.
        int escape = json.IndexOf("\\ud", StringComparison.OrdinalIgnoreCase);
        return escape < 0 ? null : new("$", $"a surrogate escape at character {escape}", "text without \\ud escapes", "write the character itself");
    }

    private static BoardDescription? Read(JsonElement root, out BoardError? error)
    {
        BoardJsonReader reader = new();
        BoardDescription? board = reader.ReadBoard(root);
        error = reader.Error ?? BoardRules.Check(board!);
        return error is null ? board : null;
    }
}
