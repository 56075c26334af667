using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Hosting.Connections;

internal static partial class ConnectionLog
{
    [LoggerMessage(1202, LogLevel.Warning, "{Kind} connections are too many: {Refused} were closed at once since the start; {Most} are taken in all, {MostPerAddress} from one address. Said once a minute.")]
    public static partial void ConnectionsRefused(this ILogger logger, string kind, long refused, int most, int mostPerAddress);
}
