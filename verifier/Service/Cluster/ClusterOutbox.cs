using System.Threading.Channels;
using IotAttest.Service.Brokers;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace IotAttest.Service.Cluster;

/// <summary>What the verifier says to boards through <c>amq.topic</c>: kept for one connection, gone with it.</summary>
internal sealed class ClusterOutbox(BrokerStatus status) : IBoardPost
{
    private const int Capacity = 16_384;

    // Not to be durable: what a board has not taken within 60 s is worth nothing. It goes to boards with the QoS they subscribed with all the same (RabbitMQ 3.10.8, rabbit_mqtt_processor:delivery_qos/3).
    private static readonly BasicProperties Fleeting = new() { DeliveryMode = DeliveryModes.Transient };

    private Channel<(string Key, ReadOnlyMemory<byte> Payload)>? _queue;

    public void Open() => Volatile.Write(ref _queue, Channel.CreateBounded<(string, ReadOnlyMemory<byte>)>(new BoundedChannelOptions(Capacity) { SingleReader = true }));

    /// <summary>Takes no more, and forgets what was not sent.</summary>
    public void Close() => Interlocked.Exchange(ref _queue, null)?.Writer.TryComplete();

    /// <remarks>RabbitMQ retains for MQTT publishers only; see <see cref="ClusterMarkers"/>.</remarks>
    public void Post(string topic, ReadOnlyMemory<byte> payload, bool retain = false)
    {
        if (Volatile.Read(ref _queue)?.Writer.TryWrite((RoutingKey.Of(topic), payload)) != true)
        {
            status.CountUnsent();
        }
    }

    /// <summary>Sends over this channel until it ends or <see cref="Close"/> is called. What reaches no queue is for a board that is away, and is gone.</summary>
    public async Task SendAsync(IChannel channel)
    {
        await foreach ((string key, ReadOnlyMemory<byte> payload) in Volatile.Read(ref _queue)!.Reader.ReadAllAsync())
        {
            try
            {
                await channel.BasicPublishAsync(ClusterTopology.Topics, key, mandatory: false, Fleeting, payload);
            }
            catch (Exception cause) when (cause is RabbitMQClientException or IOException or ObjectDisposedException)
            {
                // The connection has ended; whoever watches it says so.
                status.CountUnsent();
            }
        }
    }
}
