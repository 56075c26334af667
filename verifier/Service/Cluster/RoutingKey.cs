namespace IotAttest.Service.Cluster;

/// <summary>MQTT topics as the MQTT plugin of RabbitMQ writes them into AMQP: a dot for each slash. Ours hold no dots.</summary>
internal static class RoutingKey
{
    public static string Of(string topic) => topic.Replace('/', '.');

    /// <summary>The topic, for a routing key that a topic of ours may have; a text that is none of ours for others.</summary>
    public static string TopicOf(string key) => key.Contains('/', StringComparison.Ordinal) ? "" : key.Replace('.', '/');
}
