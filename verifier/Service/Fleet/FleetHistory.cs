using System.Data.Common;
using IotAttest.Service.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Fleet;

/// <summary>Follows the history of all boards, so that a chart costs no look at the database: history is read once, and then what was added.</summary>
internal sealed class FleetHistory(StoreWriter store, Database database, TimeProvider clock, ILogger<FleetHistory> logger) : BackgroundService
{
    /// <summary>16 MB at most; older changes are forgotten, and charts begin later.</summary>
    public const int MostChanges = 1_000_000;

    private const int RowsPerRead = 20_000;

    private static readonly TimeSpan Window = TimeSpan.FromDays(32);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly FleetChangeList _changes = new(MostChanges);
    private long _lastHistory = -1;
    private long _lastDevice;
    private long _seen = -1;

    public FleetChangeList.Snapshot Newest => _changes.Newest;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not on the thread that starts the verifier: the first look may take a second.
        await Task.Yield();
        using PeriodicTimer timer = new(Interval);
        do
        {
            long commits = store.Commits;
            if (commits != _seen && TryLook())
            {
                _seen = commits;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    // Whoever only looks must never take the verifier down: the next turn looks again.
    private bool TryLook()
    {
        try
        {
            Look();
            return true;
        }
        catch (Exception cause) when (cause is StoreException or DbException)
        {
            logger.HistoryNotRead(cause.Message);
            return false;
        }
    }

    private void Look()
    {
        using DbConnection connection = database.Open();
        long since = (clock.GetUtcNow() - Window).ToUnixTimeMilliseconds();
        if (_lastHistory < 0)
        {
            _lastHistory = FleetChangeReader.LastBefore(connection, since, MostChanges);
            _changes.BeginAt(since);
        }

        _lastDevice = Follow(_lastDevice, after => FleetChangeReader.OfEnrolment(connection, after, _changes.Newest.SinceMs, RowsPerRead));
        _lastHistory = Follow(_lastHistory, after => FleetChangeReader.OfHistory(connection, after, RowsPerRead));
    }

    private long Follow(long after, Func<long, (List<FleetChange> Changes, long Last)> read)
    {
        while (read(after) is var (changes, last) && last > after)
        {
            _changes.Add(changes);
            after = last;
        }

        return after;
    }
}
