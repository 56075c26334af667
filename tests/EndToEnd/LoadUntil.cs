using IotAttest.Cli.Bench;
using IotAttest.Support;

namespace IotAttest.EndToEnd.Tests;

/// <summary>Load until something is reached, however long this machine takes for it.</summary>
internal static class LoadUntil
{
    /// <summary>Runs until every board was acknowledged at least once.</summary>
    public static Task<LoadReport> EveryBoardAsync(this LoadGenerator load, LoadFleet fleet, double? targetPerSecond = null) =>
        load.UntilAsync(() => load.Acknowledged.Count == fleet.Boards.Count, targetPerSecond);

    /// <summary>Runs until <paramref name="isReached"/>, or until every connection broke.</summary>
    public static async Task<LoadReport> UntilAsync(this LoadGenerator load, Func<bool> isReached, double? targetPerSecond = null)
    {
        using CancellationTokenSource stop = new();
        Task<LoadReport> run = load.RunAsync(Patience.Long, targetPerSecond, stop.Token);
        await run.ReachesAsync(isReached);
        await stop.CancelAsync();
        return await run;
    }

    /// <summary>Waits until something is reached by a load that runs, or until that has ended.</summary>
    public static async Task ReachesAsync(this Task<LoadReport> run, Func<bool> isReached)
    {
        while (!isReached() && !run.IsCompleted)
        {
            await Task.WhenAny(run, Task.Delay(20));
        }
    }
}
