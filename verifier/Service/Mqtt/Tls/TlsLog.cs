using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Mqtt.Tls;

internal static partial class TlsLog
{
    [LoggerMessage(2011, LogLevel.Information, "MQTT over TLS now presents {Subject}, good until {NotAfter:u}")]
    public static partial void CertificateRenewed(this ILogger logger, string subject, DateTime notAfter);

    [LoggerMessage(2012, LogLevel.Error, "The certificate for MQTT over TLS in {Path} changed and cannot be used ({Reason}); the one before stays, until {NotAfter:u}. Write the whole chain and its key into the file.")]
    public static partial void CertificateNotTaken(this ILogger logger, string path, string reason, DateTime notAfter);

    [LoggerMessage(2013, LogLevel.Warning, "The certificate {Subject} of MQTT over TLS ends at {NotAfter:u}: renew it, boards will refuse it after that")]
    public static partial void CertificateExpires(this ILogger logger, string subject, DateTime notAfter);
}
