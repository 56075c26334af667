using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Brokers;

/// <summary>Counts what is dropped, and says it at most once a second: a broker delivers as fast as strangers publish.</summary>
internal sealed class BrokerDrops(BrokerStatus status, TimeProvider clock, ILogger<BrokerDrops> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private long _saidAt;
    private long _unsaid = -1;

    /// <param name="reason">Why.</param>
    /// <param name="ueid">34 hex digits; null when the topic named no UEID: then nothing of it goes into the log.</param>
    public void Drop(BrokerDrop reason, string? ueid)
    {
        status.CountDropped(reason);
        lock (_lock)
        {
            if (_unsaid >= 0 && clock.GetElapsedTime(_saidAt) < Pause)
            {
                _unsaid++;
                return;
            }

            logger.BrokerMessageDropped(reason, ueid ?? "none", Math.Max(_unsaid, 0));
            _unsaid = 0;
            _saidAt = clock.GetTimestamp();
        }
    }
}
