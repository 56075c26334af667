using System.Data.Common;
using IotAttest.Service.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Events;

/// <summary>Wakes listeners when there are new events. One look at the database serves them all.</summary>
internal sealed class EventFeed(StoreWriter store, Database database, ILogger<EventFeed> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private volatile TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _newest;

    /// <summary>The newest event known here.</summary>
    public long Newest => Volatile.Read(ref _newest);

    /// <summary>Waits until there is an event after this one.</summary>
    public async Task WaitBeyondAsync(long seq, CancellationToken cancellation)
    {
        while (true)
        {
            Task more = _more.Task;
            if (Newest > seq)
            {
                return;
            }

            await more.WaitAsync(cancellation);
        }
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        Look();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Interval);
        long seen = -1;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            long commits = store.Commits;
            if (commits != seen && TryLook())
            {
                seen = commits;
            }
        }
    }

    // Whoever only listens must never take the verifier down: the next turn looks again.
    private bool TryLook()
    {
        try
        {
            Look();
            return true;
        }
        catch (Exception cause) when (cause is StoreException or DbException)
        {
            logger.EventsNotRead(cause.Message);
            return false;
        }
    }

    private void Look()
    {
        using DbConnection connection = database.Open();
        long newest = EventTable.Newest(connection);
        if (newest > Newest)
        {
            Volatile.Write(ref _newest, newest);
            Interlocked.Exchange(ref _more, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        }
    }
}
