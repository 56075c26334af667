using IotAttest.Domain.Evidence;
using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Mqtt;

internal static partial class BoardLog
{
    [LoggerMessage(2001, LogLevel.Warning, "Evidence of board {Ueid} refused: {Code}, {Seen}")]
    public static partial void EvidenceRefused(this ILogger logger, string ueid, RefusalCode code, string seen);

    [LoggerMessage(2002, LogLevel.Error, "Evidence was not acknowledged: {Reason}")]
    public static partial void EvidenceNotStored(this ILogger logger, string reason);

    [LoggerMessage(2003, LogLevel.Warning, "Board {Ueid} sends more than {PerSecond} messages a second: its connection is closed")]
    public static partial void BoardTooFast(this ILogger logger, string ueid, int perSecond);
}
