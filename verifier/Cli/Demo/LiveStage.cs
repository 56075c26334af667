using IotAttest.Cli.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace IotAttest.Cli.Demo;

/// <summary>The last lines of the story above the table of the fleet, redrawn in place.</summary>
internal sealed class LiveStage : IDemoStage
{
    // Rows of the table, its frame, and lines that wrap.
    private const int TableLines = 21;
    private const int FewestStoryLines = 6;

    private readonly IAnsiConsole _console;
    private readonly List<string> _story = [];
    private readonly Lock _gate = new();
    private IReadOnlyList<FleetRow> _rows = [];
    private LiveDisplayContext? _display;

    public LiveStage(IAnsiConsole console, TimeSpan readingTime)
    {
        _console = console;
        ReadingTime = readingTime;
    }

    public TimeSpan ReadingTime { get; }

    /// <summary>Runs the story on the screen; what it shows last stays there.</summary>
    public Task<T> RunAsync<T>(Func<Task<T>> story) => _console.Live(new Text("")).Overflow(VerticalOverflow.Crop).Cropping(VerticalOverflowCropping.Top).StartAsync(async display =>
    {
        _display = display;
        return await story();
    });

    public void Tell(string line)
    {
        lock (_gate)
        {
            _story.Add(PrintableText.Of(line));
            Draw();
        }
    }

    public void Show(IReadOnlyList<FleetRow> rows)
    {
        lock (_gate)
        {
            _rows = rows;
            Draw();
        }
    }

    private void Draw()
    {
        int lines = Math.Max(FewestStoryLines, _console.Profile.Height - TableLines);
        IEnumerable<IRenderable> story = _story.TakeLast(lines).Select(line => new Text(line));
        _display?.UpdateTarget(new Rows(_rows.Count == 0 ? story : story.Append(FleetTable.Live(_rows))));
    }
}
