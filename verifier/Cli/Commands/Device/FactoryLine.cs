using System.Diagnostics;
using IotAttest.Cli.Failures;
using IotAttest.Cli.Files;
using IotAttest.Cli.Output;
using Spectre.Console;

namespace IotAttest.Cli.Commands.Device;

/// <summary>Makes boards and writes them down. The secrets are the log: they reach the disk first and hold everything, all other
/// files follow from them. Whatever moment a run is killed at, the next one derives what is missing and goes on.</summary>
internal sealed class FactoryLine : IDisposable
{
    // One flush to the disk for so many boards: more would cost a killed run more, fewer would wait for the disk.
    private const int BoardsPerFlush = 256;

    private readonly ProvisioningPlan _plan;
    private readonly LineFile _secrets;
    private readonly LineFile _records;
    private readonly LineFile? _boardLines;
    private readonly StateFolder? _states;

    private FactoryLine(ProvisioningPlan plan, LinePaths paths, Func<string, LineFile> open)
    {
        _plan = plan;
        _secrets = open(paths.Secrets);
        _boardLines = paths.BoardLines is { } path ? open(path) : null;
        _records = open(paths.Records);
        _states = paths.StateFolder is { } folder ? StateFolder.Create(folder) : null;
    }

    /// <summary>Makes the boards that are missing.</summary>
    /// <returns>What was there, and how fast the rest was made.</returns>
    public static FactoryReport Run(Terminal terminal, ProvisioningPlan plan, int count, LinePaths paths, bool isContinued, CancellationToken cancellation)
    {
        using FactoryLine line = new(plan, paths, isContinued ? LineFile.Continue : LineFile.Create);
        if (!terminal.IsInteractive)
        {
            return line.Run(count, new PlainProgress(terminal, count).Show, cancellation);
        }

        FactoryReport report = new(0, 0, TimeSpan.Zero);
        terminal.ProgressConsole().Progress().Start(progress =>
        {
            ProgressTask task = progress.AddTask("boards", maxValue: count);
            report = line.Run(count, made => task.Value = made, cancellation);
        });
        return report;
    }

    public void Dispose()
    {
        _secrets.Dispose();
        _boardLines?.Dispose();
        _records.Dispose();
    }

    private FactoryReport Run(int count, Action<int> show, CancellationToken cancellation)
    {
        int before = Recover(count, show, cancellation);
        long start = Stopwatch.GetTimestamp();
        List<ProvisionedBoard> made = new(BoardsPerFlush);
        for (int done = before; done < count; done += made.Count)
        {
            cancellation.ThrowIfCancellationRequested();
            made.Clear();
            made.AddRange(Enumerable.Range(0, Math.Min(BoardsPerFlush, count - done)).Select(_ => ProvisionedBoard.Make(_plan)));
            Write(made);
            show(done + made.Count);
        }

        _boardLines?.Flush(toDisk: true);
        _records.Flush(toDisk: true);
        return new FactoryReport(before, count - before, Stopwatch.GetElapsedTime(start));
    }

    // Secrets first, and on the disk: a board that can be enrolled can also be made.
    private void Write(List<ProvisionedBoard> boards)
    {
        boards.ForEach(board => _secrets.Write(LineFile.BytesOf(board.Secrets)));
        _secrets.Flush(toDisk: true);
        foreach (ProvisionedBoard board in boards)
        {
            _boardLines?.Write(LineFile.BytesOf(board.Line));
            _states?.Write(board);
            _records.Write(LineFile.BytesOf(board.Record));
        }

        _boardLines?.Flush(toDisk: false);
        _records.Flush(toDisk: false);
    }

    /// <summary>Reads the secrets that are there and holds the other files against them.</summary>
    /// <returns>Boards that exist.</returns>
    private int Recover(int count, Action<int> show, CancellationToken cancellation)
    {
        int boards = 0;
        while (_secrets.TryRead() is { } line)
        {
            cancellation.ThrowIfCancellationRequested();
            ProvisionedBoard board = ProvisionedBoard.TryRead(_plan, line.AsSpan()[..^1])
                ?? throw CliException.DoesNotHold($"line {boards + 1} of the secrets, which this run did not write", "secrets of this plan", "move the files away and start anew");
            _boardLines?.WriteOrCompare(LineFile.BytesOf(board.Line));
            _states?.Complete(board);
            _records.WriteOrCompare(LineFile.BytesOf(board.Record));
            boards++;
            if (boards % BoardsPerFlush == 0)
            {
                show(boards);
            }
        }

        _boardLines?.EndOfOld();
        _records.EndOfOld();
        return boards <= count
            ? boards
            : throw CliException.DoesNotHold($"{boards} boards", $"at most {count}", "repeat the command of the run that was stopped");
    }
}
