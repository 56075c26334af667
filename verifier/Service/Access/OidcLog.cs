using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Access;

internal static partial class OidcLog
{
    [LoggerMessage(1101, LogLevel.Warning, "The OIDC issuer {Authority} gave no usable configuration: {Reason}")]
    public static partial void IssuerUnusable(this ILogger logger, Uri authority, string reason);
}
