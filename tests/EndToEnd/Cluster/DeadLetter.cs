using System.Text;
using RabbitMQ.Client;

namespace IotAttest.EndToEnd.Tests.Cluster;

/// <summary>What stands in the dead-letter queue.</summary>
/// <param name="RoutingKey">The key it was published with.</param>
/// <param name="Reason">The verifier's reason, or RabbitMQ's.</param>
/// <param name="LengthBytes">How much of it was kept.</param>
internal sealed record DeadLetter(string RoutingKey, string Reason, int LengthBytes)
{
    private const string Queue = "iotattest.v1.dead";

    /// <summary>Takes the next one off the queue, once there is one.</summary>
    public static async Task<DeadLetter> NextAsync(IChannel channel)
    {
        BasicGetResult? found = null;
        await Eventually.TrueAsync(async () => (found = await channel.BasicGetAsync(Queue, autoAck: true)) is not null, "a message is in the dead-letter queue");
        IDictionary<string, object?> headers = found!.BasicProperties.Headers!;
        object? reason = headers.TryGetValue("iotattest-reason", out object? ours) ? ours : headers["x-first-death-reason"];
        return new DeadLetter(found.RoutingKey, Encoding.UTF8.GetString((byte[])reason!), found.Body.Length);
    }

    public static async Task<uint> CountAsync(IChannel channel) => await channel.MessageCountAsync(Queue);
}
