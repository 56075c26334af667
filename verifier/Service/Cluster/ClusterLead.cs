using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace IotAttest.Service.Cluster;

/// <summary>Which verifier challenges boards: the one whose connection owns an exclusive queue. It is the cluster's to give, and free again once that connection is gone.</summary>
/// <remarks>Two that believe it for a moment send a challenge too many, which harms nobody.</remarks>
internal sealed class ClusterLead(ClusterCounters counters, TimeProvider clock, ILogger<ClusterLead> logger)
{
    private const string Queue = "iotattest.v1.lead";

    // The node writes a line into its log for each time that it says no: often only while the cluster has just changed.
    private const int OftenTimes = 10;
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Seldom = TimeSpan.FromSeconds(5);

    private volatile bool _isMine;
    private int _term;

    public bool IsMine => _isMine;

    /// <summary>Grows each time this verifier takes the lead: what it planned before is out of date.</summary>
    public int Term => Volatile.Read(ref _term);

    /// <summary>Takes the lead as soon as it is free, and holds it until the connection ends.</summary>
    public async Task StandAsync(IConnection connection, CancellationToken ended)
    {
        try
        {
            for (int refused = 0; !await IsTakenAsync(connection, ended); refused++)
            {
                await Task.Delay(refused < OftenTimes ? Often : Seldom, clock, ended);
            }

            Take(true);
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, ended);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The connection has ended, and with it the queue.
        }
        catch (Exception cause) when (cause is RabbitMQClientException or IOException or ObjectDisposedException)
        {
            // So it has here; whoever watches it says so.
        }
        finally
        {
            Take(false);
        }
    }

    // The channel stays open: it ends with its connection, and so does the queue.
    private static async Task<bool> IsTakenAsync(IConnection connection, CancellationToken ended)
    {
        IChannel channel = await connection.CreateChannelAsync(cancellationToken: ended);
        try
        {
            await channel.QueueDeclareAsync(Queue, durable: false, exclusive: true, autoDelete: true, cancellationToken: ended);
            return true;
        }
        catch (OperationInterruptedException)
        {
            // Another has it; or its node has just died, and the others have not tidied up yet. A connection that ended says so at the next channel.
            await channel.DisposeAsync();
            return false;
        }
    }

    private void Take(bool isMine)
    {
        if (isMine)
        {
            Interlocked.Increment(ref _term);
            logger.LeadTaken();
        }

        _isMine = isMine;
        counters.Leads(isMine);
    }
}
