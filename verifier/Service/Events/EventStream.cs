using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using IotAttest.Service.Storage;
using Microsoft.Data.Sqlite;

namespace IotAttest.Service.Events;

/// <summary>Events for one listener, for as long as it listens.</summary>
internal sealed class EventStream(EventFeed feed, Database database)
{
    /// <summary>Silence is broken this often, so that proxies keep the connection and a dead listener is noticed.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    public async IAsyncEnumerable<SseItem<object>> ListenAsync(EventScope scope, EventQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // Sent at once: the listener knows that it is connected.
        yield return new SseItem<object>(new { }, "ping");
        long after = query.After;
        while (!cancellation.IsCancellationRequested)
        {
            long newest = feed.Newest;
            List<EventRow> rows = Read(scope, query with { After = after });
            foreach (EventRow row in rows)
            {
                EventView view = row.ToView();
                yield return new SseItem<object>(view, view.Type) { EventId = view.Id };
            }

            // What the scope leaves out is passed over too.
            long last = rows.Count == 0 ? after : rows[^1].Seq;
            after = rows.Count == query.Limit ? last : Math.Max(last, newest);
            if (rows.Count < query.Limit && !await WaitAsync(after, cancellation))
            {
                yield return new SseItem<object>(new { }, "ping");
            }
        }
    }

    private List<EventRow> Read(EventScope scope, EventQuery query)
    {
        using SqliteConnection connection = database.Open();
        return EventTable.Read(connection, scope, query);
    }

    private async Task<bool> WaitAsync(long after, CancellationToken cancellation)
    {
        using CancellationTokenSource quiet = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        quiet.CancelAfter(Quiet);
        try
        {
            await feed.WaitBeyondAsync(after, quiet.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}
