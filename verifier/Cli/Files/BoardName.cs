using System.Text;
using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Domain.Boards;

namespace IotAttest.Cli.Files;

/// <summary>The name in a board.json.</summary>
internal static class BoardName
{
    /// <summary>The text with another name, every other byte as a person wrote it.</summary>
    /// <param name="json">A text that <see cref="BoardJson.TryRead"/> takes: it has a name.</param>
    /// <param name="name">The product's name, for people.</param>
    /// <exception cref="CliException">The name cannot stand in a board.json.</exception>
    public static string Set(string json, string name)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(json);
        (int start, int end) = Find(utf8);
        string named = $"{Encoding.UTF8.GetString(utf8, 0, start)}\"{JsonEncodedText.Encode(name, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"{Encoding.UTF8.GetString(utf8, end, utf8.Length - end)}";
        return BoardJson.TryRead(named, out _, out BoardError? error)
            ? named
            : throw CliException.WrongUsage($"--name with {error.Seen}", error.Expected, "choose another name");
    }

    private static (int Start, int End) Find(byte[] utf8)
    {
        Utf8JsonReader reader = new(utf8);
        while (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1 || !reader.ValueTextEquals("name"))
        {
            reader.Read();
        }

        reader.Read();
        return ((int)reader.TokenStartIndex, (int)reader.BytesConsumed);
    }
}
