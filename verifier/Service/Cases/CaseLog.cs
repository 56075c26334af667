using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Cases;

/// <summary>What the log says of cases (7300 to 7399).</summary>
internal static partial class CaseLog
{
    [LoggerMessage(7301, LogLevel.Error, "Renewals are not looked for: {Reason}")]
    public static partial void RenewalsNotRead(this ILogger logger, string reason);
}
