using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Hosting.Tls;

internal static partial class RecordBuffersLog
{
    [LoggerMessage(1201, LogLevel.Information, "Idle TLS connections keep OpenSSL's record buffers, about 34 KiB each: {Obstacle}")]
    public static partial void BuffersStay(this ILogger logger, string obstacle);
}
