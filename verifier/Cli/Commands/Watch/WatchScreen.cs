using System.Globalization;
using System.Text.Json;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace IotAttest.Cli.Commands.Watch;

/// <summary>For a person: counts, boards that need somebody, and the last events, redrawn in place.</summary>
internal static class WatchScreen
{
    private const int MaxEvents = 8;

    // Title, counts, frame and heading of the table, the line under it, heading of the events.
    private const int OtherLines = 12;

    // Board, conformity, drift, time; what is left belongs to the next step. Two blanks part the columns.
    private static readonly int[] Widths = [34, 23, 20, 8];
    private const int Blanks = 16;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public static Task RunAsync(FleetReader reader, IAnsiConsole console, CancellationToken cancellation) =>
        console.Live(new Text("reading the fleet ...")).Overflow(VerticalOverflow.Crop).StartAsync(async display =>
        {
            List<string> events = [];
            FleetSnapshot? fleet = null;
            while (true)
            {
                string trouble = "";
                try
                {
                    events.AddRange((await reader.ReadEventsAsync(cancellation)).Select(FleetWords.Event));
                    events.RemoveRange(0, Math.Max(0, events.Count - MaxEvents));
                    fleet = await reader.ReadAsync(cancellation);
                }
                catch (CliException fault) when (fleet is not null && fault.ExitCode == ExitCode.Fault)
                {
                    // A verifier that is restarted comes back; the cursor of the events stays.
                    trouble = "no answer from the verifier, trying again; ";
                }

                display.UpdateTarget(Draw(fleet, trouble, events, console.Profile.Width, console.Profile.Height));
                await Task.Delay(Interval, cancellation);
            }
        });

    private static Rows Draw(FleetSnapshot fleet, string trouble, List<string> events, int width, int height)
    {
        List<IRenderable> parts =
        [
            new Text($"{trouble}{fleet.Total} boards as of {fleet.AsOf}   (Ctrl-C ends)", new Style(decoration: Decoration.Bold)),
            Counts(fleet),
        ];
        int room = Math.Max(3, height - OtherLines - MaxEvents);
        JsonElement[] shown = [.. fleet.Boards.Take(room)];
        parts.Add(shown.Length > 0 ? Table(shown, width) : new Text("\nNo board needs anybody.\n"));
        if (fleet.Troubled > shown.Length)
        {
            parts.Add(new Text($"and {fleet.Troubled - shown.Length} more\n", new Style(Color.Grey)));
        }

        parts.AddRange(events.Select(line => new Text(Cut(line, width))));
        return new Rows(parts);
    }

    private static Columns Counts(FleetSnapshot fleet) => fleet.Total == 0
        ? new Columns(new Text(FleetWords.Counts(fleet)))
        : new Columns(ConformityMark.Words
            .Where(word => fleet.Counts.GetValueOrDefault(word) > 0)
            .Select(word => new Text($"{ConformityMark.Of(word).Shape} {word} {fleet.Counts[word]}", new Style(ConformityMark.Of(word).Colour))));

    private static Table Table(IEnumerable<JsonElement> boards, int width)
    {
        Table table = new() { Border = TableBorder.Simple };
        int[] widths = [.. Widths, Math.Max(10, width - Widths.Sum() - Blanks)];
        foreach ((string heading, int columnWidth) in FleetWords.Headings.Zip(widths))
        {
            table.AddColumn(new TableColumn(new Text(Cut(heading, columnWidth), new Style(decoration: Decoration.Bold))) { Width = columnWidth, NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        }

        foreach (JsonElement board in boards)
        {
            Style state = new(ConformityMark.Of(JsonReport.Member(board, "conformity") ?? "").Colour, decoration: Decoration.Bold);
            table.AddRow(FleetWords.Cells(board).Select((cell, column) => (IRenderable)new Text(Cut(Short(cell, column), widths[column]), column is 1 or 2 ? state : Style.Plain)));
        }

        return table;
    }

    // Of a time the hour is enough here, of the next step the instruction before the colon; `device show` has the whole.
    private static string Short(string cell, int column) => FleetWords.Headings[column] switch
    {
        FleetWords.AsOf when DateTimeOffset.TryParse(cell, CultureInfo.InvariantCulture, out DateTimeOffset time) => time.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
        FleetWords.NextStep => cell.Split(':')[0].TrimEnd('.'),
        _ => cell,
    };

    private static string Cut(string text, int width)
    {
        string printable = PrintableText.Of(text);
        return printable.Length <= width ? printable : $"{printable[..(width - 1)]}…";
    }
}
