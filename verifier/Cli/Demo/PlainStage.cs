namespace IotAttest.Cli.Demo;

/// <summary>Plain lines without control sequences; the table comes once, at the end.</summary>
internal sealed class PlainStage(Action<string> writeLine) : IDemoStage
{
    public TimeSpan ReadingTime => TimeSpan.Zero;

    public void Tell(string line) => writeLine(line);

    public void Show(IReadOnlyList<FleetRow> rows)
    {
        // The last table is written by the command: in between it would only repeat itself.
    }
}
