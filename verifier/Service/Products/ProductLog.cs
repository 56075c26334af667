using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Products;

/// <summary>What the log says of products (7300 to 7399).</summary>
internal static partial class ProductLog
{
    [LoggerMessage(7301, LogLevel.Error, "Nobody is told of ends of support: {Reason}")]
    public static partial void SupportNotTold(this ILogger logger, string reason);
}
