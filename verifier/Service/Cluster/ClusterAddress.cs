using System.Net;

namespace IotAttest.Service.Cluster;

/// <summary>Reads <c>amqp://host:port</c> and <c>amqps://host:port,host:port</c>.</summary>
/// <param name="Nodes">Names or IP addresses, as certificates name them, with their TCP ports; at least one.</param>
/// <param name="IsSecured">True for AMQP over TLS.</param>
internal sealed record ClusterAddress(IReadOnlyList<(string Host, int Port)> Nodes, bool IsSecured)
{
    /// <summary>More than any cluster of RabbitMQ that is still one.</summary>
    private const int MaxNodes = 16;

    private const string Plain = "amqp://";
    private const string Secured = "amqps://";
    private const int PlainPort = 5672;
    private const int SecuredPort = 5671;

    public bool IsThisMachine => Nodes.All(node => node.Host == "localhost" || (IPAddress.TryParse(node.Host, out IPAddress? address) && IPAddress.IsLoopback(address)));

    /// <summary>The addresses in the text; null when it says anything else, or more.</summary>
    public static ClusterAddress? Of(string text)
    {
        bool isSecured = text.StartsWith(Secured, StringComparison.Ordinal);
        if (!isSecured && !text.StartsWith(Plain, StringComparison.Ordinal))
        {
            return null;
        }

        (string Host, int Port)?[] nodes = [.. text[(isSecured ? Secured : Plain).Length..].Split(',').Select(node => NodeOf(node, isSecured ? SecuredPort : PlainPort))];
        return nodes.Length <= MaxNodes && nodes.All(node => node is not null) ? new ClusterAddress([.. nodes.Select(node => node!.Value)], isSecured) : null;
    }

    private static (string Host, int Port)? NodeOf(string text, int fallback)
    {
        // Without a scheme of its own a URL parser would guess.
        bool isBare = Uri.TryCreate($"amqp://{text}", UriKind.Absolute, out Uri? url)
            && url.Host.Length > 0 && url.UserInfo.Length == 0 && url.PathAndQuery is "/" or "" && url.Fragment.Length == 0 && !text.EndsWith('/') && url.Port != 0;
        return isBare ? (url!.DnsSafeHost, url.Port < 0 ? fallback : url.Port) : null;
    }
}
