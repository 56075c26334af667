using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Advisories;

internal static partial class AdvisoryLog
{
    [LoggerMessage(9001, LogLevel.Error, "Embargoes and reporting clocks were not looked at, the next look tries once more: {Reason}")]
    public static partial void ClockFailed(this ILogger logger, string reason);
}
