namespace IotAttest.Domain.Tests.Boards;

/// <summary>A table of a README, each row by the names of its columns.</summary>
internal sealed record MarkdownTable(IReadOnlyList<Dictionary<string, string>> Rows)
{
    /// <summary>The table whose heading begins as given.</summary>
    public static MarkdownTable After(string heading, string text)
    {
        string[] lines = [.. text.Split('\n').SkipWhile(line => !line.StartsWith(heading, StringComparison.Ordinal)).TakeWhile(line => line.StartsWith('|'))];
        Assert.True(lines.Length > 2, $"no table that begins with {heading}");
        string[] columns = Cells(lines[0]);

        return new([.. lines.Skip(2).Select(line => columns.Zip(Cells(line)).ToDictionary(pair => pair.First, pair => pair.Second))]);
    }

    private static string[] Cells(string line) => [.. line.Trim('|', ' ').Split('|').Select(cell => cell.Trim())];
}
