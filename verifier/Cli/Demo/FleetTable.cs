using System.Globalization;
using IotAttest.Cli.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace IotAttest.Cli.Demo;

/// <summary>The fleet as a table. A state is a shape, a word and a colour, so that none of them is needed alone.</summary>
internal static class FleetTable
{
    private static readonly string[] Headings = ["board", "product", "evidence", "conformity", "drift", "build", "as of (UTC)", "next step"];

    /// <summary>Plain text with whole sentences.</summary>
    public static void WritePlain(Terminal terminal, IReadOnlyList<FleetRow> rows) =>
        terminal.WriteTable(Headings, rows.Select(row => (IReadOnlyList<string>)[.. CellsOf(row), row.NextStep]));

    /// <summary>With colours, short enough for 120 columns.</summary>
    public static IRenderable Live(IReadOnlyList<FleetRow> rows)
    {
        Table table = new() { Border = TableBorder.Simple, Expand = true };
        foreach (string heading in Headings)
        {
            table.AddColumn(new TableColumn(new Text(heading, new Style(decoration: Decoration.Bold))) { NoWrap = heading != "next step" });
        }

        foreach (FleetRow row in rows)
        {
            Style state = new(ConformityMark.Of(row.Conformity).Colour, decoration: row.Conformity == "Conformant" ? Decoration.None : Decoration.Bold);
            IEnumerable<string> cells = [.. CellsOf(row), ShortStepOf(row)];
            table.AddRow(cells.Select((cell, column) => (IRenderable)new Text(PrintableText.Of(cell), column is 3 or 4 ? state : Style.Plain)));
        }

        return table;
    }

    private static string[] CellsOf(FleetRow row) =>
    [
        row.Board,
        row.Product,
        row.EvidenceStrength,
        $"{ConformityMark.Of(row.Conformity).Shape} {row.Conformity}",
        row.Drift.Length == 0 ? "none" : string.Join(", ", row.Drift),
        row.Build ?? "no match",
        row.AsOf is { } asOf ? DateTimeOffset.Parse(asOf, CultureInfo.InvariantCulture).UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture) : "never",
    ];

    // The instruction before the colon; the reason stands behind it, and the API has both.
    private static string ShortStepOf(FleetRow row) => row.NextStep.Split(':')[0].TrimEnd('.');
}
