using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Devices;

internal static partial class ReappraisalLog
{
    [LoggerMessage(2201, LogLevel.Error, "Boards were not appraised again, the next sweep tries once more: {Reason}")]
    public static partial void ReappraisalFailed(this ILogger logger, string reason);
}
