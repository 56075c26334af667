using System.Threading.Channels;
using IotAttest.Mqtt;

namespace IotAttest.Service.Brokers;

/// <summary>What the verifier says to boards through the broker: kept for one connection, gone with it. Challenges are made anew, and a board that
/// misses a result repeats its evidence.</summary>
/// <remarks>Messages are not sent by who makes them: the handler of a delivery that waited for a PUBACK would wait for what only the reader behind it can bring.</remarks>
internal sealed class BrokerOutbox(BrokerStatus status) : IBoardPost
{
    private const int Capacity = 16_384;
    private const int Senders = 64;

    private Channel<MqttMessage>? _queue;

    /// <summary>Takes messages from now on: before the connection, because a persistent session delivers right behind the CONNACK.</summary>
    public void Open() => Volatile.Write(ref _queue, Channel.CreateBounded<MqttMessage>(Capacity));

    /// <summary>Takes no more, and forgets what was not sent.</summary>
    public void Close() => Interlocked.Exchange(ref _queue, null)?.Writer.TryComplete();

    /// <summary>Queues a message of QoS 1; one that finds no place is counted and lost.</summary>
    public void Post(string topic, ReadOnlyMemory<byte> payload, bool retain = false)
    {
        if (Volatile.Read(ref _queue)?.Writer.TryWrite(new MqttMessage(topic, payload, MqttQualityOfService.AtLeastOnce, retain)) != true)
        {
            status.CountUnsent();
        }
    }

    /// <summary>Sends over this connection until it ends or <see cref="Close"/> is called.</summary>
    public Task SendAsync(MqttClientConnection connection)
    {
        ChannelReader<MqttMessage> queue = Volatile.Read(ref _queue)!.Reader;
        return Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => SendAsync(connection, queue)));
    }

    private async Task SendAsync(MqttClientConnection connection, ChannelReader<MqttMessage> queue)
    {
        await foreach (MqttMessage message in queue.ReadAllAsync())
        {
            try
            {
                await connection.PublishAsync(message.Topic, message.Payload, message.Qos, message.Retain);
            }
            catch (MqttClientException)
            {
                // The connection has ended; whoever watches it says so.
                status.CountUnsent();
            }
        }
    }
}
