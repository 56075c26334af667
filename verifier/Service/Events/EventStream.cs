using System.Data.Common;
using System.Diagnostics;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Events;

/// <summary>Events for one listener, for as long as it listens.</summary>
internal sealed class EventStream(EventFeed feed, Database database)
{
    /// <summary>Silence is broken this often, so that proxies keep the connection and a dead listener is noticed.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    /// <summary>How soon a listener whose login ended is left, when nothing happens.</summary>
    private static readonly TimeSpan Recheck = TimeSpan.FromSeconds(1);

    /// <param name="scope">What it may hear.</param>
    /// <param name="query">What it wants to hear.</param>
    /// <param name="mayListen">Asked again and again: false once the login ended or allows less than it did; then the stream ends.</param>
    /// <param name="cancellation">The listener is gone.</param>
    public async IAsyncEnumerable<SseItem<object>> ListenAsync(
        EventScope scope, EventQuery query, Func<CancellationToken, Task<bool>> mayListen, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // Sent at once: the listener knows that it is connected.
        yield return new SseItem<object>(new { }, "ping");
        long after = query.After;
        long quietSince = Stopwatch.GetTimestamp();
        while (!cancellation.IsCancellationRequested && await mayListen(cancellation))
        {
            long newest = feed.Newest;
            List<EventRow> rows = newest > after ? Read(scope, query with { After = after }) : [];
            foreach (EventRow row in rows)
            {
                EventView view = row.ToView();
                yield return new SseItem<object>(view, view.Type) { EventId = view.Id };
            }

            // What the scope leaves out is passed over too.
            long last = rows.Count == 0 ? after : rows[^1].Seq;
            after = rows.Count == query.Limit ? last : Math.Max(last, newest);
            if (rows.Count > 0)
            {
                quietSince = Stopwatch.GetTimestamp();
            }
            else if (!await WaitAsync(after, cancellation) && Stopwatch.GetElapsedTime(quietSince) >= Quiet)
            {
                quietSince = Stopwatch.GetTimestamp();
                yield return new SseItem<object>(new { }, "ping");
            }
        }
    }

    private List<EventRow> Read(EventScope scope, EventQuery query)
    {
        using DbConnection connection = database.Open();
        return EventTable.Read(connection, scope, query);
    }

    private async Task<bool> WaitAsync(long after, CancellationToken cancellation)
    {
        using CancellationTokenSource recheck = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        recheck.CancelAfter(Recheck);
        try
        {
            await feed.WaitBeyondAsync(after, recheck.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}
