using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Events;

/// <summary>What the log says of events (7000 to 7099).</summary>
internal static partial class EventLog
{
    [LoggerMessage(7001, LogLevel.Error, "Events stand still: {Reason}")]
    public static partial void EventsNotRead(this ILogger logger, string reason);
}
