using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Health;

/// <summary>What the log says of readiness (9600 to 9699).</summary>
internal static partial class HealthLog
{
    [LoggerMessage(9601, LogLevel.Error, "The store does not take writes, so this verifier is not ready: {Reason}")]
    public static partial void StoreNotWritable(this ILogger logger, string reason);
}
