using System.Text;
using System.Text.Json;

namespace IotAttest.Domain.Boards;

/// <summary>Changes one property of the outermost object and leaves every other byte of the text as a person wrote it.</summary>
internal static class BoardJsonEditor
{
    /// <summary>Replaces the value of <paramref name="name"/>, or adds the property behind <paramref name="after"/>, which must be there.</summary>
    public static string Set(string json, string name, string rawValue, string after)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(json);
        if (Find(utf8, name) is { } present)
        {
            return Splice(utf8, present.ValueStart, present.ValueEnd, rawValue);
        }

        PropertyPlace anchor = Find(utf8, after)!.Value;
        string added = $",{WhitespaceBefore(utf8, anchor.NameStart)}\"{name}\": {rawValue}";
        return Splice(utf8, anchor.ValueEnd, anchor.ValueEnd, added);
    }

    private static PropertyPlace? Find(byte[] utf8, string name)
    {
        Utf8JsonReader reader = new(utf8);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1 || !reader.ValueTextEquals(name))
            {
                continue;
            }

            int nameStart = (int)reader.TokenStartIndex;
            reader.Read();
            int valueStart = (int)reader.TokenStartIndex;
            reader.Skip();
            return new(nameStart, valueStart, (int)reader.BytesConsumed);
        }

        return null;
    }

    private static string WhitespaceBefore(byte[] utf8, int position)
    {
        int start = position;
        while (utf8[start - 1] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            start--;
        }

        return Encoding.UTF8.GetString(utf8, start, position - start);
    }

    private static string Splice(byte[] utf8, int start, int end, string text) =>
        Encoding.UTF8.GetString(utf8, 0, start) + text + Encoding.UTF8.GetString(utf8, end, utf8.Length - end);

    private readonly record struct PropertyPlace(int NameStart, int ValueStart, int ValueEnd);
}
