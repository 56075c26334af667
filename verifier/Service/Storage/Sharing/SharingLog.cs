using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Storage.Sharing;

internal static partial class SharingLog
{
    [LoggerMessage(7201, LogLevel.Warning, "What other verifiers change cannot be followed now: {Reason}")]
    public static partial void NotFollowed(this ILogger logger, string reason);

    [LoggerMessage(7202, LogLevel.Error, "Nothing more is taken until this verifier is restarted: {Reason}")]
    public static partial void DatabaseReplaced(this ILogger logger, string reason);
}
