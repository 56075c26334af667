using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Fleet;

/// <summary>What the fleet pages write to the log.</summary>
internal static partial class FleetLog
{
    [LoggerMessage(9501, LogLevel.Error, "The history of boards could not be read ({Cause}); charts stand still until it can be.")]
    public static partial void HistoryNotRead(this ILogger logger, string cause);
}
