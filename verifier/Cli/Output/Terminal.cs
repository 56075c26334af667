using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;

namespace IotAttest.Cli.Output;

/// <summary>Standard input, output and error. Text for people goes through here, so that no file can send control sequences to a terminal.</summary>
/// <param name="output">Results.</param>
/// <param name="error">Errors, warnings and notes.</param>
/// <param name="input">What <c>-</c> as a file name reads.</param>
/// <param name="isInteractive">True when a person watches: colours, progress, the width of the window.</param>
internal sealed class Terminal(TextWriter output, TextWriter error, Func<Stream> input, bool isInteractive)
{
    // Wide enough for every table here: a script gets whole lines.
    private const int RedirectedWidth = 1000;

    private static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public TextWriter Out { get; } = output;

    public TextWriter Error { get; } = error;

    public bool IsInteractive { get; } = isInteractive;

    public static Terminal OfProcess() =>
        new(Console.Out, Console.Error, Console.OpenStandardInput, !Console.IsOutputRedirected && !Console.IsErrorRedirected);

    public Stream OpenInput() => input();

    public void WriteLine(string line = "") => Out.WriteLine(PrintableText.Of(line));

    public void WriteError(string line) => Error.WriteLine(PrintableText.Of(line));

    /// <summary>Something a person should know that changes nothing: on stderr, so that output stays usable.</summary>
    public void WriteNote(string line) => WriteError($"note: {line}");

    public void WriteWarning(string line) => WriteError($"warning: {line}");

    public void WriteJson(object value) => Out.WriteLine(Json(value));

    /// <summary>A value as every command prints it.</summary>
    public static string Json(object value) => JsonSerializer.Serialize(value, JsonOptions);

    /// <summary>A table without markup: cells are texts.</summary>
    public void WriteTable(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        Table table = new() { Border = TableBorder.Simple };
        foreach (string heading in headings)
        {
            table.AddColumn(new TableColumn(new Text(heading)) { NoWrap = !IsInteractive });
        }

        foreach (IReadOnlyList<string> row in rows)
        {
            table.AddRow(row.Select(cell => new Text(PrintableText.Of(cell))));
        }

        if (IsInteractive)
        {
            ConsoleOf(Out).Write(table);
            return;
        }

        // The console fills every line up to the widest cell; whoever reads a file or a pipe gets the text alone.
        using PlainText text = new(Out.Encoding);
        ConsoleOf(text).Write(table);
        foreach (string line in text.ToString().Split('\n').SkipLast(1))
        {
            Out.WriteLine(line.TrimEnd());
        }
    }

    /// <summary>Names and values, one pair a line; fields without a value are left out.</summary>
    public void WriteFields(params IReadOnlyList<(string Name, string? Value)> fields)
    {
        (string Name, string? Value)[] shown = [.. fields.Where(field => field.Value is not null)];
        int width = shown.Select(field => field.Name.Length).DefaultIfEmpty().Max();
        foreach ((string name, string? value) in shown)
        {
            WriteLine($"{name.PadRight(width)}  {value}");
        }
    }

    /// <summary>A console of Spectre.Console on stderr, for progress.</summary>
    public IAnsiConsole ProgressConsole() => ConsoleOf(Error);

    /// <summary>A console of Spectre.Console on stdout, for a live table.</summary>
    public IAnsiConsole ResultConsole() => ConsoleOf(Out);

    private IAnsiConsole ConsoleOf(TextWriter writer)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = IsInteractive ? AnsiSupport.Detect : AnsiSupport.No,
            Interactive = IsInteractive ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!IsInteractive)
        {
            console.Profile.Width = RedirectedWidth;
        }

        return console;
    }

    // The encoding decides which characters the console draws lines with.
    private sealed class PlainText(Encoding encoding) : StringWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => encoding;
    }
}
