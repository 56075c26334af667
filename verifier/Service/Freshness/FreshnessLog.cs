using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Freshness;

internal static partial class FreshnessLog
{
    [LoggerMessage(2101, LogLevel.Warning, "The clock went back by more than {Tolerance}; the challenge key was rotated and open challenges are void")]
    public static partial void ClockSteppedBack(this ILogger logger, TimeSpan tolerance);

    [LoggerMessage(2102, LogLevel.Error, "No new epoch marker: {Reason}. Boards in epoch mode keep the last one")]
    public static partial void EpochNotIssued(this ILogger logger, string reason);
}
