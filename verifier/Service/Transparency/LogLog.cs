using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Transparency;

/// <summary>What the program's log says of the transparency log (8000 to 8099).</summary>
internal static partial class LogLog
{
    [LoggerMessage(8001, LogLevel.Critical, "The transparency log does not agree with the database in {Count} places: {Findings}")]
    public static partial void LogAltered(this ILogger logger, int count, string findings);

    [LoggerMessage(8002, LogLevel.Error, "The transparency log could not be checked: {Reason}")]
    public static partial void LogNotRead(this ILogger logger, string reason);
}
