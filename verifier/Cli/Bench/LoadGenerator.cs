using System.Diagnostics;

namespace IotAttest.Cli.Bench;

/// <summary>Boards that attest over MQTT as fast as they are answered: hello, challenge, evidence, PUBACK, again.</summary>
/// <remarks>Behind a broker a board waits for its signed result instead, and asks again for what does not come.</remarks>
internal sealed class LoadGenerator(string host, int port, LoadFleet fleet, bool waitsForResult = false) : IAsyncDisposable
{
    private static readonly TimeSpan Reminder = TimeSpan.FromSeconds(1);

    private readonly List<LoadBoard> _boards = [];

    /// <summary>The nonce of the last evidence that the verifier acknowledged, per UEID: the independent ledger of what must not be lost.</summary>
    public IReadOnlyDictionary<string, byte[]> Acknowledged =>
        _boards.Where(board => board.LastAcknowledged is not null).ToDictionary(board => board.Ueid, board => board.LastAcknowledged!);

    public async Task ConnectAsync(CancellationToken cancellation)
    {
        foreach (EvidenceMaker maker in fleet.Boards)
        {
            LoadBoard board = new(maker, waitsForResult);
            _boards.Add(board);
            await board.ConnectAsync(host, port, cancellation);
        }
    }

    /// <summary>Runs until <paramref name="duration"/> is over or every connection broke.</summary>
    /// <param name="duration">How long.</param>
    /// <param name="targetPerSecond">Attestations per second over all boards, each at its own moment (open loop); a late start counts into the latency.
    /// Null for as many as are answered.</param>
    /// <param name="cancellation">Ends the run early.</param>
    public async Task<LoadReport> RunAsync(TimeSpan duration, double? targetPerSecond, CancellationToken cancellation)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        stop.CancelAfter(duration);
        await using CancellationTokenRegistration end = stop.Token.Register(() => _boards.ForEach(board => board.End()));
        await using Timer reminders = new(_ => _boards.ForEach(board => board.Remind()), null, Reminder, Reminder);
        TimeSpan? pace = targetPerSecond is { } target ? TimeSpan.FromSeconds(_boards.Count / target) : null;
        Stopwatch watch = Stopwatch.StartNew();
        List<double>[] latencies = await Task.WhenAll(_boards.Select(board => Task.Run(
            () => pace is { } interval ? RunAtPaceAsync(board, interval, stop.Token) : RunAsync(board, stop.Token), CancellationToken.None)));
        return LoadReport.Of(latencies, watch.Elapsed);
    }

    public ValueTask DisposeAsync()
    {
        _boards.ForEach(board => board.Dispose());
        return ValueTask.CompletedTask;
    }

    private static async Task<List<double>> RunAsync(LoadBoard board, CancellationToken stop)
    {
        List<double> latencies = [];
        while (await board.AttestAsync(stop))
        {
            latencies.Add(board.LatencyMs);
        }

        return latencies;
    }

    // Each has its moment, whatever became of the one before: a verifier that stalls is not asked less, and what waited meanwhile counts as late.
    private static async Task<List<double>> RunAtPaceAsync(LoadBoard board, TimeSpan interval, CancellationToken stop)
    {
        List<double> latencies = [];

        // Boards start spread over one interval, not all at once.
        TimeSpan due = interval * Random.Shared.NextDouble();
        Stopwatch watch = Stopwatch.StartNew();
        while (await WaitAsync(due - watch.Elapsed, stop))
        {
            TimeSpan late = watch.Elapsed - due;
            if (!await board.AttestAsync(stop))
            {
                break;
            }

            latencies.Add(board.LatencyMs + Math.Max(0, late.TotalMilliseconds));
            due += interval;
        }

        return latencies;
    }

    // False when the run is over.
    private static async Task<bool> WaitAsync(TimeSpan rest, CancellationToken stop)
    {
        if (rest > TimeSpan.Zero)
        {
            await Task.Delay(rest, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return !stop.IsCancellationRequested;
    }
}
