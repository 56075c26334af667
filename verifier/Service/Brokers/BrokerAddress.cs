using System.Net;

namespace IotAttest.Service.Brokers;

/// <summary>Reads <c>mqtt://host:port</c> and <c>mqtts://host:port</c>.</summary>
/// <param name="Host">Name or IP address, as a certificate names it.</param>
/// <param name="Port">TCP port.</param>
/// <param name="IsSecured">True for MQTT over TLS.</param>
internal sealed record BrokerAddress(string Host, int Port, bool IsSecured)
{
    private const string Plain = "mqtt";
    private const string Secured = "mqtts";
    private const int PlainPort = 1883;
    private const int SecuredPort = 8883;

    public bool IsThisMachine => Host == "localhost" || (IPAddress.TryParse(Host, out IPAddress? address) && IPAddress.IsLoopback(address));

    /// <summary>The address in a URL; null when it says anything else, or more.</summary>
    public static BrokerAddress? Of(Uri url)
    {
        bool isBare = url.IsAbsoluteUri && url.Host.Length > 0 && url.UserInfo.Length == 0 && url.AbsolutePath is "/" or "" && url.Query.Length == 0 && url.Fragment.Length == 0;
        return !isBare || url.Port == 0 ? null
            : url.Scheme == Plain ? new BrokerAddress(url.DnsSafeHost, url.IsDefaultPort ? PlainPort : url.Port, false)
            : url.Scheme == Secured ? new BrokerAddress(url.DnsSafeHost, url.IsDefaultPort ? SecuredPort : url.Port, true)
            : null;
    }
}
