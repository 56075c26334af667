using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Storage.Sharing;

internal static partial class SharingLog
{
    [LoggerMessage(7201, LogLevel.Warning, "What other verifiers change cannot be followed now: {Reason}")]
    public static partial void NotFollowed(this ILogger logger, string reason);
}
