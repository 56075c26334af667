using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Hosting.Connections;

/// <summary>Closes connections that are too many, before a byte of them is read and before TLS. Kestrel's own limit counts all listeners together: a flood of one would shut the other.</summary>
/// <param name="kind">What is counted, for the log.</param>
/// <param name="most">Connections at a time.</param>
/// <param name="mostPerAddress">Of these, from one address that is not this machine's.</param>
/// <param name="services">Clock and log.</param>
internal sealed class ConnectionLimit(string kind, int most, int mostPerAddress, IServiceProvider services)
{
    private static readonly TimeSpan SayEvery = TimeSpan.FromMinutes(1);

    private readonly ConnectionCount _count = new(most, mostPerAddress);
    private readonly TimeProvider _time = services.GetRequiredService<TimeProvider>();
    private readonly ILogger _logger = services.GetRequiredService<ILogger<ConnectionLimit>>();
    private long _refused;
    private long _said = long.MinValue;

    /// <summary>Counts the connections of a listener; several listeners may share one limit.</summary>
    public void Guard(ListenOptions listen) => listen.Use(next => connection => RunAsync(connection, next));

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
        long now = _time.GetTimestamp();
        long said = Volatile.Read(ref _said);
        bool isDue = said == long.MinValue || _time.GetElapsedTime(said, now) >= SayEvery;
        if (isDue && Interlocked.CompareExchange(ref _said, now, said) == said)
        {
            _logger.ConnectionsRefused(kind, refused, most, mostPerAddress);
        }
    }
}
