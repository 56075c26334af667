using IotAttest.Mqtt;
using IotAttest.Service.Brokers;
using IotAttest.Service.Storage;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace IotAttest.Service.Cluster;

/// <summary>Takes what one channel delivers. A message is acknowledged after its verdict or refusal is durable, and not before; one that could not be finished stays
/// unacknowledged and ends this consumer, whose channel then gives everything back.</summary>
internal sealed class ClusterConsumer(IChannel channel, BrokerInbox inbox, ClusterCounters counters, ILogger logger)
{
    /// <summary>Evidence has at most 2048 bytes and is refused beyond that; this is what nobody would send by mistake.</summary>
    private const int MaxBytes = 8 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running = 1;

    /// <summary>Completes with why nothing more is taken.</summary>
    public Task<string> Ended => _ended.Task;

    public Task StartAsync(CancellationToken cancellation)
    {
        AsyncEventingBasicConsumer consumer = new(channel);
        consumer.ReceivedAsync += (_, delivery) => TakeAsync(delivery);
        consumer.UnregisteredAsync += (_, _) => EndAsync("the cluster ended the consumer");
        consumer.ShutdownAsync += (_, reason) => EndAsync(reason.ReplyText);
        channel.CallbackExceptionAsync += (_, failed) => EndAsync($"a message could not be worked on ({failed.Exception.GetType().Name}: {failed.Exception.Message})");
        return channel.BasicConsumeAsync(ClusterTopology.Evidence, autoAck: false, consumer, cancellation);
    }

    /// <summary>Takes nothing more, and waits a moment for what was begun.</summary>
    public async Task FinishAsync()
    {
        await EndAsync("the verifier stops");
        Leave();
        await Task.WhenAny(_idle.Task, Task.Delay(Patience));
    }

    private async Task TakeAsync(BasicDeliverEventArgs delivery)
    {
        Interlocked.Increment(ref _running);
        try
        {
            await FinishOneAsync(delivery);
        }
        finally
        {
            Leave();
        }
    }

    private async Task FinishOneAsync(BasicDeliverEventArgs delivery)
    {
        if (_ended.Task.IsCompleted)
        {
            counters.Returned();
            return;
        }

        try
        {
            if (PoisonOf(delivery) is { } reason)
            {
                await BuryAsync(delivery, reason);
            }
            else
            {
                // A copy: the client takes its buffer back, and what is made of evidence may be kept.
                await inbox.TakeAsync(new MqttMessage(RoutingKey.TopicOf(delivery.RoutingKey), delivery.Body.ToArray(), MqttQualityOfService.AtLeastOnce));
            }

            await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false);
            counters.Acknowledged();
        }
        catch (StoreException cause)
        {
            counters.Returned();
            await EndAsync($"evidence was not stored ({cause.Message})");
        }
        catch (Exception cause) when (cause is RabbitMQClientException or IOException or ObjectDisposedException)
        {
            // Taken, but the cluster was not told: it delivers again, and the same bytes count once.
            counters.Returned();
            await EndAsync(cause.Message);
        }
    }

    private static PoisonReason? PoisonOf(BasicDeliverEventArgs delivery) =>
        !BrokerTopic.TryParse(RoutingKey.TopicOf(delivery.RoutingKey), out _, out _) ? PoisonReason.WrongTopic
        : delivery.Body.Length > MaxBytes ? PoisonReason.TooLarge
        : null;

    // With a confirm: only what the dead-letter queue has is taken off the other.
    private async Task BuryAsync(BasicDeliverEventArgs delivery, PoisonReason reason)
    {
        BasicProperties properties = new() { DeliveryMode = DeliveryModes.Persistent, Headers = new Dictionary<string, object?> { [ClusterTopology.ReasonHeader] = reason.ToString() } };
        await channel.BasicPublishAsync(ClusterTopology.DeadExchange, delivery.RoutingKey, mandatory: true, properties, delivery.Body[..Math.Min(delivery.Body.Length, MaxBytes)]);
        counters.Dead();
        logger.MessageBuried(reason, delivery.Body.Length);
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _running) == 0)
        {
            _idle.TrySetResult();
        }
    }

    private Task EndAsync(string reason)
    {
        _ended.TrySetResult(reason);
        return Task.CompletedTask;
    }
}
