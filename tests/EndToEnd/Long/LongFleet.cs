using System.Diagnostics;
using IotAttest.Cli.Bench;
using IotAttest.Domain.Devices;
using IotAttest.Support;

namespace IotAttest.EndToEnd.Tests.Long;

/// <summary>Many boards that go on attesting, whatever happens to what they talk to; it keeps the ledger of what was acknowledged.</summary>
internal sealed class LongFleet : IAsyncDisposable
{
    private readonly LoadFleet[] _enrolled;
    private readonly LongBoard[] _boards;
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private (string Host, int Port)[] _addresses = [];

    private LongFleet(LoadFleet[] enrolled, Acknowledgement awaited)
    {
        _enrolled = enrolled;
        _boards = [.. enrolled.SelectMany(fleet => fleet.Boards).Select(maker => new LongBoard(maker, awaited))];
    }

    public IReadOnlyList<EvidenceMaker> Boards => [.. _boards.Select(board => board.Maker)];

    /// <summary>What was acknowledged so far, all boards together.</summary>
    public long Acknowledged => _boards.Sum(board => board.Acknowledged);

    public IReadOnlyList<LedgerLine> Ledger => [.. _boards.Select(board => board.Line)];

    /// <summary>Enrols boards with shared keys and, a quarter of them, with keys that sign; they are at rest until <see cref="Start"/>.</summary>
    public static async Task<LongFleet> EnrolAsync(ChildVerifier verifier, int count, Acknowledgement awaited)
    {
        using HttpClient http = verifier.Operator();
        LoadFleet shared = await LoadFleet.EnrolAsync(http, DeviceKeyKind.Hmac, count - (count / 4));
        LoadFleet signing = await LoadFleet.EnrolAsync(http, DeviceKeyKind.P256, count / 4);
        return new LongFleet([shared, signing], awaited);
    }

    public void Start() => _running = Task.WhenAll(_boards.Select((board, index) => Task.Run(() => board.RunAsync(WayOf(index), _stop.Token))));

    /// <summary>Where boards connect from now on: with several addresses each attempt of a board takes its next, as of a name that stands for many machines.</summary>
    public void MoveTo(params (string Host, int Port)[] addresses) => Volatile.Write(ref _addresses, addresses);

    public void MoveTo(ChildVerifier verifier) => MoveTo((verifier.MqttHost, verifier.MqttPort));

    /// <summary>Boards know no address: what they talked to is down.</summary>
    public void Leave() => Volatile.Write(ref _addresses, []);

    /// <summary>Waits until so many were acknowledged in all, and says how long it took.</summary>
    public Task<TimeSpan> ReachesAsync(long acknowledged) => UntilAsync(() => Acknowledged >= acknowledged, () => Acknowledged, $"{acknowledged} acknowledged", () => _boards[0].Story);

    /// <summary>What happened to the board that <see cref="EveryBoardAsync"/> waited for longest.</summary>
    public string StoryOfTheLast { get; private set; } = "";

    /// <summary>Waits until every board was acknowledged once more, and says how long the last took.</summary>
    public async Task<TimeSpan> EveryBoardAsync()
    {
        List<(LongBoard Board, long Before)> waiting = [.. _boards.Select(board => (board, board.Acknowledged))];
        LongBoard last = _boards[0];
        TimeSpan took = await UntilAsync(
            () =>
            {
                last = waiting.Count > 0 ? waiting[^1].Board : last;
                waiting.RemoveAll(pair => pair.Board.Acknowledged > pair.Before);
                return waiting.Count == 0;
            },
            () => waiting.Count,
            "every board acknowledged once more",
            () => string.Join('\n', waiting.Select(pair => pair.Board.Story)));
        StoryOfTheLast = last.Story;
        return took;
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
        Array.ForEach(_enrolled, fleet => fleet.Dispose());
    }

    private Func<(string Host, int Port)?> WayOf(int index)
    {
        int turn = index;
        return () => Volatile.Read(ref _addresses) is { Length: > 0 } addresses ? addresses[(int)((uint)turn++ % (uint)addresses.Length)] : null;
    }

    // Patience begins anew whenever the count moves: a long run may take hours, one that stands still may not.
    private static async Task<TimeSpan> UntilAsync(Func<bool> holds, Func<long> count, string what, Func<string> seen)
    {
        long start = Stopwatch.GetTimestamp();
        long moved = start;
        long counted = count();
        while (!holds())
        {
            if (count() is long now && now != counted)
            {
                (counted, moved) = (now, Stopwatch.GetTimestamp());
            }

            if (Stopwatch.GetElapsedTime(moved) >= Patience.Long)
            {
                Assert.Fail($"waited {Patience.Long} in vain, at {counted}, until: {what}\n{seen()}");
            }

            await Task.Delay(5);
        }

        return Stopwatch.GetElapsedTime(start);
    }
}
