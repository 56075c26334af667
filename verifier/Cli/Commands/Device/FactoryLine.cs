using IotAttest.Cli.Files;
using IotAttest.Cli.Output;
using Spectre.Console;

namespace IotAttest.Cli.Commands.Device;

/// <summary>Makes boards one after another and writes each down before the next.</summary>
internal static class FactoryLine
{
    public static void Run(Terminal terminal, ProvisioningPlan plan, int count, LinePaths paths, CancellationToken cancellation)
    {
        if (!terminal.IsInteractive)
        {
            Run(plan, count, paths, static () => { }, cancellation);
            return;
        }

        terminal.ProgressConsole().Progress().Start(progress =>
        {
            ProgressTask task = progress.AddTask("boards", maxValue: count);
            Run(plan, count, paths, () => task.Increment(1), cancellation);
        });
    }

    private static void Run(ProvisioningPlan plan, int count, LinePaths paths, Action made, CancellationToken cancellation)
    {
        using LineFile secrets = new(paths.Secrets);
        using LineFile? boardLines = paths.BoardLines is { } path ? new LineFile(path) : null;
        using LineFile records = new(paths.Records);
        for (int board = 0; board < count; board++)
        {
            cancellation.ThrowIfCancellationRequested();
            ProvisionedBoard provisioned = ProvisionedBoard.Make(plan);

            // Secrets first: a board that can be enrolled can also be made.
            secrets.Write(provisioned.Secrets);
            boardLines?.Write(provisioned.Line);
            records.Write(provisioned.Record);
            made();
        }

        secrets.Flush();
        boardLines?.Flush();
        records.Flush();
    }
}
