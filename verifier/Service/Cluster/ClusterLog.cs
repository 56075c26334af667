using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Cluster;

internal static partial class ClusterLog
{
    [LoggerMessage(2031, LogLevel.Information, "Connected to the RabbitMQ cluster at {Node}")]
    public static partial void ClusterConnected(this ILogger logger, string node);

    [LoggerMessage(2032, LogLevel.Error, "No connection to the RabbitMQ cluster {Addresses}: {Reason}. Next attempt in {Wait}")]
    public static partial void ClusterNotReached(this ILogger logger, string addresses, string reason, TimeSpan wait);

    [LoggerMessage(2033, LogLevel.Warning, "The connection to the RabbitMQ cluster at {Node} ended: {Reason}. What was not acknowledged is delivered again. Next attempt in {Wait}")]
    public static partial void ClusterLost(this ILogger logger, string node, string reason, TimeSpan wait);

    [LoggerMessage(2034, LogLevel.Warning, "A message of {LengthBytes} bytes from the RabbitMQ cluster went into the dead-letter queue: {Reason}")]
    public static partial void MessageBuried(this ILogger logger, PoisonReason reason, int lengthBytes);

    [LoggerMessage(2035, LogLevel.Information, "This verifier now challenges the boards of the RabbitMQ cluster")]
    public static partial void LeadTaken(this ILogger logger);

    [LoggerMessage(2036, LogLevel.Warning, "The epoch marker could not be retained at {Node}: {Reason}. Next attempt in {Wait}")]
    public static partial void MarkerNotRetained(this ILogger logger, string node, string reason, TimeSpan wait);
}
