using System.Data.Common;
using IotAttest.Service.Problems;
using IotAttest.Service.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Registry.Dump;

/// <summary>Makes the dump of a day once that day has begun in UTC, or when the verifier starts later on it.</summary>
internal sealed class DumpClock(DumpStore dumps, DumpWriter writer, TimeProvider clock, ILogger<DumpClock> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();

    /// <summary>Makes today's dump unless it is there.</summary>
    /// <returns>True when it made one.</returns>
    public bool Look()
    {
        lock (_gate)
        {
            string today = DumpStore.DateOf(clock.GetUtcNow());
            if (dumps.Find(today) is not null)
            {
                return false;
            }

            dumps.Put(today, writer.Write, file => writer.Sign(today, file));
            return true;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not before the host is up: a large registry takes a while, and nobody waits for this.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                Look();
            }
            catch (Exception cause) when (cause is StoreException or DbException or IOException or UnauthorizedAccessException or ProblemException)
            {
                logger.DumpNotMade(cause.Message);
            }

            await Task.Delay(Interval, clock, stoppingToken);
        }
    }
}
