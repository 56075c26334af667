using System.Data.Common;
using IotAttest.Service.Events;
using IotAttest.Service.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Webhooks;

/// <summary>Brings events to webhooks, each in order, at least once: the cursor moves after the receiver took an event, and is durable.</summary>
internal sealed class WebhookDispatcher(EventFeed feed, Database database, StoreWriter store, WebhookSender sender, WebhookLogins logins, WebhookMetrics metrics, TimeProvider clock, ILogger<WebhookDispatcher> logger)
    : BackgroundService
{
    private const int PageSize = 100;
    private const int Parallel = 8;

    /// <summary>Events that a webhook does not want are passed over in memory; the cursor follows this far behind at most.</summary>
    private const int MaxLag = 1000;

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            long newest = feed.Newest;
            try
            {
                List<WebhookRow> due = ReadDue(newest);
                await System.Threading.Tasks.Parallel.ForEachAsync(
                    due,
                    new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = stoppingToken },
                    async (webhook, cancellation) => await DeliverAsync(webhook, newest, cancellation));
            }
            catch (Exception cause) when (cause is StoreException or DbException)
            {
                // Deliveries stand still, the verifier does not; nothing is lost, as the cursor stays.
                logger.DeliveryNotStored(cause.Message);
                await Task.Delay(LookAgain, stoppingToken);
            }

            await WaitAsync(newest, stoppingToken);
        }
    }

    private List<WebhookRow> ReadDue(long newest)
    {
        // Verifiers on one store: one of them delivers.
        if (!database.IsLeader())
        {
            return [];
        }

        long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        using DbConnection connection = database.Open();
        return WebhookTable.All(connection).FindAll(webhook => webhook.Cursor < newest && webhook.NextAttempt <= now && logins.Fault(webhook) is null);
    }

    private async Task WaitAsync(long newest, CancellationToken stopping)
    {
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        timeout.CancelAfter(LookAgain);
        try
        {
            await feed.WaitBeyondAsync(newest, timeout.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            // Time to look whether a pause has ended.
        }
    }

    private async Task DeliverAsync(WebhookRow webhook, long newest, CancellationToken cancellation)
    {
        List<EventRow> rows = ReadEvents(webhook);
        foreach (EventRow row in rows)
        {
            if (logins.Fault(webhook) is not null)
            {
                return;
            }

            if (await sender.SendAsync(webhook, row.ToView(), cancellation) is { } error)
            {
                await FailAsync(webhook, row.Seq, error, cancellation);
                return;
            }

            await AdvanceAsync(webhook, row.Seq, cancellation);
            metrics.CountDelivery();
        }

        if (rows.Count == 0 && newest - webhook.Cursor > MaxLag)
        {
            await AdvanceAsync(webhook, newest, cancellation);
        }
    }

    private List<EventRow> ReadEvents(WebhookRow webhook)
    {
        using DbConnection connection = database.Open();
        return EventTable.Read(connection, logins.ScopeOf(webhook), new EventQuery(webhook.Cursor, EventQuery.ParseTypes(webhook.Types), PageSize));
    }

    private async Task FailAsync(WebhookRow webhook, long seq, string error, CancellationToken cancellation)
    {
        // The count belongs to the first event after the cursor: later ones of this page start anew.
        long attempts = (await CurrentAsync(webhook.Id))?.Attempts + 1 ?? 0;
        if (attempts == 0)
        {
            return; // deleted meanwhile
        }

        logger.DeliveryFailed(webhook.Id, seq, attempts, error);
        DateTimeOffset now = clock.GetUtcNow();
        TimeSpan? next = RetryPlan.PauseAfter(attempts);
        await store.ExecuteAsync(
            (connection, transaction) =>
            {
                if (next is { } pause)
                {
                    WebhookTable.PutOff(connection, transaction, webhook.Id, attempts, (now + pause).ToUnixTimeMilliseconds());
                }
                else
                {
                    WebhookTable.Bury(connection, transaction, webhook.Id, seq, error, now.ToUnixTimeMilliseconds());
                    WebhookTable.Advance(connection, transaction, webhook.Id, seq);
                }
            },
            cancellation);
        metrics.CountFailure(isDead: next is null);
    }

    private Task<WebhookRow?> CurrentAsync(string id) => store.ExecuteAsync((connection, transaction) => WebhookTable.Find(connection, transaction, id));

    private Task AdvanceAsync(WebhookRow webhook, long seq, CancellationToken cancellation) =>
        store.ExecuteAsync((connection, transaction) => WebhookTable.Advance(connection, transaction, webhook.Id, seq), cancellation);
}
