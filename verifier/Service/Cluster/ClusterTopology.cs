using RabbitMQ.Client;

namespace IotAttest.Service.Cluster;

/// <summary>The queues and exchanges that verifiers share. Declared by each at its connection: what is there already must be the same, or the connection fails and says so.</summary>
internal static class ClusterTopology
{
    /// <summary>Where the MQTT plugin publishes and boards listen.</summary>
    public const string Topics = "amq.topic";

    /// <summary>All evidence and every hello, for whichever verifier is free.</summary>
    public const string Evidence = "iotattest.v1.evidence";

    /// <summary>Takes what no verifier could take; thrown away by it is what only grew too old.</summary>
    public const string DeadExchange = "iotattest.v1.dead";

    /// <summary>What no verifier could take, with the reason, for people.</summary>
    public const string Dead = "iotattest.v1.dead";

    /// <summary>The header with the reason of a verifier that refused a message.</summary>
    public const string ReasonHeader = "iotattest-reason";

    /// <summary>A message that was brought back this often is poison.</summary>
    public const int DeliveryLimit = 20;

    /// <summary>As long as a challenge is good (DESIGN.md section 5): a backlog cannot outlive freshness.</summary>
    public const int TtlMs = 60_000;

    private const int DeadTtlMs = 7 * 24 * 60 * 60 * 1000;
    private const int MaxDead = 10_000;

    public static async Task DeclareAsync(IChannel channel, CancellationToken cancellation)
    {
        await channel.ExchangeDeclareAsync(DeadExchange, ExchangeType.Headers, durable: true, cancellationToken: cancellation);
        await channel.QueueDeclareAsync(Dead, durable: true, exclusive: false, autoDelete: false, DeadArguments(), cancellationToken: cancellation);
        await channel.QueueBindAsync(Dead, DeadExchange, "", WhatIsKept(), cancellationToken: cancellation);
        await channel.QueueDeclareAsync(Evidence, durable: true, exclusive: false, autoDelete: false, EvidenceArguments(), cancellationToken: cancellation);
        await channel.QueueBindAsync(Evidence, Topics, AnyBoard(Protocol.Topics.EvidenceLeaf), cancellationToken: cancellation);
        await channel.QueueBindAsync(Evidence, Topics, AnyBoard(Protocol.Topics.HelloLeaf), cancellationToken: cancellation);
    }

    private static string AnyBoard(string leaf) => RoutingKey.Of($"{Protocol.Topics.Prefix}*{leaf}");

    private static Dictionary<string, object?> EvidenceArguments() => new()
    {
        ["x-queue-type"] = "quorum",
        ["x-message-ttl"] = TtlMs,
        ["x-delivery-limit"] = DeliveryLimit,
        ["x-dead-letter-exchange"] = DeadExchange,
    };

    private static Dictionary<string, object?> DeadArguments() => new()
    {
        ["x-queue-type"] = "quorum",
        ["x-message-ttl"] = DeadTtlMs,
        ["x-max-length"] = MaxDead,
    };

    // Not what expired: after an hour without verifiers that would be everything, and push out what people have to look at.
    private static Dictionary<string, object?> WhatIsKept() => new()
    {
        ["x-match"] = "any-with-x",
        ["x-first-death-reason"] = "delivery_limit",
        [ReasonHeader] = null,
    };
}
