using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IotAttest.Mqtt;

/// <summary>An MQTT 3.1.1 server for boards, on Kestrel. It is an endpoint, not a broker: messages go between a board and the application,
/// never from client to client; retained messages and wills are not kept.</summary>
public sealed class MqttDeviceEndpoint : ConnectionHandler, IDisposable
{
    private static readonly TimeSpan LongestSweepInterval = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<MqttDeviceConnection, bool> _connections = new();
    private readonly MqttEndpointServices _services;
    private readonly ITimer _sweep;
    private int _count;

    public MqttDeviceEndpoint(
        IMqttDeviceHandler handler, MqttSessionDirectory sessions, IOptions<MqttEndpointOptions> options, TimeProvider time, ILogger<MqttDeviceEndpoint> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        _services = new MqttEndpointServices(handler, sessions, options.Value, time, logger);

        // One timer for all: 60,000 timers would cost more than looking at 60,000 timestamps four times a second.
        TimeSpan interval = SweepInterval(options.Value);
        _sweep = time.CreateTimer(static state => ((MqttDeviceEndpoint)state!).Sweep(), this, interval, interval);
    }

    /// <summary>Serves one connection until it ends.</summary>
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        try
        {
            await ServeAsync(connection, Interlocked.Increment(ref _count));
        }
        finally
        {
            Interlocked.Decrement(ref _count);
        }
    }

    public void Dispose() => _sweep.Dispose();

    private static TimeSpan SweepInterval(MqttEndpointOptions options)
    {
        TimeSpan shortest = options.ConnectTimeout < options.WriteTimeout ? options.ConnectTimeout : options.WriteTimeout;
        return shortest / 4 < LongestSweepInterval ? shortest / 4 : LongestSweepInterval;
    }

    private async Task ServeAsync(ConnectionContext context, int count)
    {
        if (count > _services.Options.MaxConnections)
        {
            // No CONNACK 3: that would mean reading a CONNECT, the very work this limit is to keep away.
            _services.Logger.TooManyConnections(context.RemoteEndPoint, count);
            context.Abort(new ConnectionAbortedException(nameof(MqttCloseReason.TooManyConnections)));
            return;
        }

        MqttDeviceConnection connection = new(context, _services);
        _connections.TryAdd(connection, true);
        try
        {
            await connection.RunAsync();
        }
        finally
        {
            _connections.TryRemove(connection, out _);
        }
    }

    private void Sweep()
    {
        foreach (KeyValuePair<MqttDeviceConnection, bool> entry in _connections)
        {
            entry.Key.CheckTimeouts();
        }
    }
}
