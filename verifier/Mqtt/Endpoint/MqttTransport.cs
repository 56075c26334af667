using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IotAttest.Mqtt;

/// <summary>Kestrel's sockets for boards alone: what came is read, handled and answered where the socket's event is handled, not handed from thread to thread.</summary>
/// <remarks>"Unsafe" are handlers that block: they would hold up other connections. <see cref="IMqttDeviceHandler"/> must not block; handlers of HTTP may, and
/// stay with the transport that hands them to the thread pool.</remarks>
internal sealed class MqttTransport(IOptionsFactory<SocketTransportOptions> options, ILoggerFactory loggers) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private readonly SocketTransportFactory _sockets = new(Options.Create(Inline(options)), loggers);

    public bool CanBind(EndPoint endpoint) => endpoint is MqttListenAddress;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) => _sockets.BindAsync(endpoint, cancellationToken);

    // Made as the server's own are, with its pool of buffers, and not the same object: HTTP keeps its own.
    private static SocketTransportOptions Inline(IOptionsFactory<SocketTransportOptions> options)
    {
        SocketTransportOptions sockets = options.Create(Options.DefaultName);
        sockets.UnsafePreferInlineScheduling = true;
        return sockets;
    }
}
