using System.Security.Authentication;
using System.Security.Cryptography;
using IotAttest.Service.Brokers;
using IotAttest.Service.Health;
using IotAttest.Service.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace IotAttest.Service.Cluster;

/// <summary>Keeps the verifier connected to its cluster (DESIGN.md section 5, way 3).</summary>
internal sealed class ClusterLink(
    ClusterClient client,
    BrokerInbox inbox,
    ClusterOutbox outbox,
    ClusterLead lead,
    ClusterCounters counters,
    BrokerStatus status,
    StoreReadiness store,
    VerifierOptions options,
    TimeProvider clock,
    ILogger<ClusterLink> logger) : BackgroundService
{
    /// <summary>More at a time gain nothing: the store's batches are full.</summary>
    private const int MaxAtOnce = 1024;

    /// <summary>A connection that held for this long was no flicker: the next one may come soon.</summary>
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(10);

    // Another node is a few seconds away at most.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LookAtStore = TimeSpan.FromSeconds(1);

    private readonly BackOff _backOff = new(LongestWait);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await Task.Delay(await RunOnceAsync(stoppingToken), clock, stoppingToken);
                await WaitForStoreAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            status.Lost("the verifier has left its RabbitMQ cluster");
        }
    }

    /// <returns>How long to wait before the next connection.</returns>
    private async Task<TimeSpan> RunOnceAsync(CancellationToken stopping)
    {
        outbox.Open();
        try
        {
            await using IConnection connection = await client.ConnectAsync(stopping);
            return await ServeAsync(connection, stopping);
        }
        catch (Exception cause) when (IsFault(cause) && !stopping.IsCancellationRequested)
        {
            TimeSpan wait = _backOff.Next();
            status.Lost(ClusterFault.WordsFor(cause));
            logger.ClusterNotReached(options.Cluster!, ClusterFault.DetailOf(cause, client.IsSecured, options.ClusterCa), wait);
            return wait;
        }
        finally
        {
            outbox.Close();
        }
    }

    private async Task<TimeSpan> ServeAsync(IConnection connection, CancellationToken stopping)
    {
        long connectedAt = clock.GetTimestamp();
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        ushort prefetch = (ushort)options.ClusterPrefetch;
        await using IChannel taking = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, consumerDispatchConcurrency: Math.Min(prefetch, (ushort)MaxAtOnce)), stopping);
        await using IChannel saying = await connection.CreateChannelAsync(cancellationToken: stopping);
        await ClusterTopology.DeclareAsync(taking, stopping);
        await taking.BasicQosAsync(0, prefetch, global: false, stopping);
        ClusterConsumer consumer = new(taking, inbox, counters, logger);
        Task<string> gone = ShutdownOf(connection, saying);
        Task[] helpers = [outbox.SendAsync(saying), lead.StandAsync(connection, ended.Token)];
        try
        {
            await consumer.StartAsync(stopping);
            status.Connected();
            logger.ClusterConnected(connection.Endpoint.ToString());
            string reason = await await Task.WhenAny(consumer.Ended, gone).WaitAsync(stopping);
            return Lost(connection, connectedAt, reason);
        }
        finally
        {
            // What was begun is finished and acknowledged, as far as the connection holds.
            await consumer.FinishAsync();
            outbox.Close();
            await ended.CancelAsync();
            await Task.WhenAll(helpers);
        }
    }

    private TimeSpan Lost(IConnection connection, long connectedAt, string reason)
    {
        status.Lost("the connection to the RabbitMQ cluster was lost");
        if (clock.GetElapsedTime(connectedAt) >= Steady)
        {
            _backOff.Reset();
        }

        TimeSpan wait = _backOff.Next();
        logger.ClusterLost(connection.Endpoint.ToString(), reason, wait);
        return wait;
    }

    // Each delivery that fails counts towards the limit after which a message is poison: nothing is taken before the store takes something.
    private async Task WaitForStoreAsync(CancellationToken stopping)
    {
        while (await store.FaultAsync() is not null)
        {
            await Task.Delay(LookAtStore, clock, stopping);
        }
    }

    private static Task<string> ShutdownOf(IConnection connection, IChannel channel)
    {
        TaskCompletionSource<string> gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task Tell(object sender, ShutdownEventArgs reason)
        {
            gone.TrySetResult(reason.ReplyText);
            return Task.CompletedTask;
        }

        connection.ConnectionShutdownAsync += Tell;
        channel.ChannelShutdownAsync += Tell;
        return gone.Task;
    }

    // The last ones: a file with a root or a credential that was changed into something else.
    private static bool IsFault(Exception cause) =>
        cause is RabbitMQClientException or IOException or TimeoutException or OperationCanceledException or ObjectDisposedException or AuthenticationException or CryptographicException or UnauthorizedAccessException;
}
