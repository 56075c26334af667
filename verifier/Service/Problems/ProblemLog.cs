using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Problems;

internal static partial class ProblemLog
{
    [LoggerMessage(1001, LogLevel.Error, "{Method} {Path} failed")]
    public static partial void RequestFailed(this ILogger logger, Exception cause, string method, string path);
}
