using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Hosting.Tls;

internal static partial class RecordBuffersLog
{
    [LoggerMessage(1201, LogLevel.Warning, "Idle TLS connections keep OpenSSL's record buffers, a third of their memory: {Obstacle}")]
    public static partial void BuffersStay(this ILogger logger, string obstacle);
}
