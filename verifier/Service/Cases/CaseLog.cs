using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Cases;

/// <summary>What the log says of cases (7400 to 7499).</summary>
internal static partial class CaseLog
{
    [LoggerMessage(7401, LogLevel.Error, "Renewals are not looked for: {Reason}")]
    public static partial void RenewalsNotRead(this ILogger logger, string reason);
}
