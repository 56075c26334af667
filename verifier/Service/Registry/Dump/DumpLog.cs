using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Registry.Dump;

/// <summary>What the program's log says of dumps (8200 to 8299).</summary>
internal static partial class DumpLog
{
    [LoggerMessage(8201, LogLevel.Error, "The dump of the registry could not be made; it is tried again every minute: {Reason}")]
    public static partial void DumpNotMade(this ILogger logger, string reason);
}
