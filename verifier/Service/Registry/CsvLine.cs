namespace IotAttest.Service.Registry;

/// <summary>A line of CSV (RFC 4180) that a spreadsheet does not run: a field that begins like a formula gets an apostrophe in front.</summary>
internal static class CsvLine
{
    private static readonly char[] Special = [',', '"', '\r', '\n'];

    public static string Of(IEnumerable<string?> fields) => string.Join(',', fields.Select(Field)) + "\r\n";

    private static string Field(string? text)
    {
        string safe = text is { Length: > 0 } && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20' ? $"'{text}" : text ?? "";
        return safe.IndexOfAny(Special) >= 0 ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
