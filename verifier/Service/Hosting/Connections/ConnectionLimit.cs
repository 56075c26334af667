using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Hosting.Connections;

/// <summary>Closes connections of a listener that are too many, before a byte of them is read. Kestrel's own limit counts all listeners together: a flood of one would shut the other.</summary>
internal sealed class ConnectionLimit(VerifierOptions options, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan SayEvery = TimeSpan.FromMinutes(1);

    private readonly ConnectionCount _count = new(options.HttpConnections, options.HttpConnectionsPerAddress);
    private long _refused;
    private long _said = long.MinValue;

    public static void LimitHttp(ListenOptions listen, VerifierOptions options)
    {
        IServiceProvider services = listen.ApplicationServices;
        ConnectionLimit limit = new(options, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<ConnectionLimit>>());
        listen.Use(next => connection => limit.RunAsync(connection, next));
    }

    private async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        IPAddress? from = (connection.RemoteEndPoint as IPEndPoint)?.Address;
        if (!_count.TryEnter(from))
        {
            // Kestrel closes what comes back from here.
            Say(Interlocked.Increment(ref _refused));
            return;
        }

        try
        {
            await next(connection);
        }
        finally
        {
            _count.Leave(from);
        }
    }

    // A flood writes one line a minute.
    private void Say(long refused)
    {
        long now = time.GetTimestamp();
        long said = Volatile.Read(ref _said);
        bool isDue = said == long.MinValue || time.GetElapsedTime(said, now) >= SayEvery;
        if (isDue && Interlocked.CompareExchange(ref _said, now, said) == said)
        {
            logger.TooManyConnections(refused, options.HttpConnections, options.HttpConnectionsPerAddress);
        }
    }
}
