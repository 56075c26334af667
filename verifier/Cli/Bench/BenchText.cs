using IotAttest.Cli.Output;

namespace IotAttest.Cli.Bench;

/// <summary>A report as people read it, in the terminal and in Markdown alike.</summary>
/// <param name="Title">The heading in Markdown: the command.</param>
/// <param name="Head">What stands above the tables: the machine, the moment, what was measured.</param>
/// <param name="Tables">The tables.</param>
/// <param name="Notes">What stands below them, one point each.</param>
internal sealed record BenchText(string Title, string Head, IReadOnlyList<BenchTable> Tables, IReadOnlyList<string> Notes)
{
    public void Write(Terminal terminal)
    {
        terminal.WriteLine(Head);
        foreach (BenchTable table in Tables)
        {
            terminal.WriteTable(table.Headings, table.Rows);
        }

        foreach (string note in Notes)
        {
            terminal.WriteLine($"- {note}");
        }
    }

    public string Markdown() => MarkdownText.Of(Title, Head, Tables, Notes);
}
