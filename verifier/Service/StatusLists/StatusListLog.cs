using Microsoft.Extensions.Logging;

namespace IotAttest.Service.StatusLists;

/// <summary>What the log says of status lists (8100 to 8199).</summary>
internal static partial class StatusListLog
{
    [LoggerMessage(8101, LogLevel.Error, "The status list could not be made; gates deny once the last one has expired: {Reason}")]
    public static partial void StatusListNotMade(this ILogger logger, string reason);
}
