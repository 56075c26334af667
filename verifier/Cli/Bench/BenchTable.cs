namespace IotAttest.Cli.Bench;

/// <summary>A table of a report, for the terminal and for Markdown alike.</summary>
internal sealed record BenchTable(IReadOnlyList<string> Headings, IReadOnlyList<IReadOnlyList<string>> Rows);
