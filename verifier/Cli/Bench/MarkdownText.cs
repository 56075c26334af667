using System.Text;

namespace IotAttest.Cli.Bench;

/// <summary>Reports in Markdown.</summary>
internal static class MarkdownText
{
    /// <param name="title">The heading.</param>
    /// <param name="head">What stands above the tables.</param>
    /// <param name="tables">The tables.</param>
    /// <param name="notes">What stands below them, one point each.</param>
    public static string Of(string title, string head, IEnumerable<BenchTable> tables, IReadOnlyList<string> notes)
    {
        StringBuilder text = new($"# {title}\n\n{head}\n");
        foreach (BenchTable table in tables)
        {
            text.Append('\n').Append(Line(table.Headings)).Append(Line([.. table.Headings.Select(_ => "---")]));
            foreach (IReadOnlyList<string> row in table.Rows)
            {
                text.Append(Line(row));
            }
        }

        text.Append(notes.Count == 0 ? "" : "\n");
        foreach (string note in notes)
        {
            text.Append("- ").Append(note).Append('\n');
        }

        return text.ToString();
    }

    private static string Line(IReadOnlyList<string> cells) => $"| {string.Join(" | ", cells)} |\n";
}
