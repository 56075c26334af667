using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Access;

internal static partial class OidcLog
{
    [LoggerMessage(1101, LogLevel.Warning, "The OIDC issuer {Authority} gave no usable configuration: {Reason}")]
    public static partial void IssuerUnusable(this ILogger logger, Uri authority, string reason);

    /// <param name="logger">Writes it.</param>
    /// <param name="seen">Words of our own: nothing that the issuer or a browser sent.</param>
    [LoggerMessage(1102, LogLevel.Warning, "A sign-in with the OIDC issuer was refused: {Seen}")]
    public static partial void SignInRefused(this ILogger logger, string seen);
}
