using System.Diagnostics.Metrics;
using IotAttest.Service.Health;

namespace IotAttest.Service.Webhooks;

/// <summary>What became of deliveries to webhooks.</summary>
internal sealed class WebhookMetrics : IMetricSource
{
    private long _delivered;
    private long _failed;
    private long _dead;

    public void AddTo(Meter meter)
    {
        meter.CreateObservableCounter("iotattest.webhooks.delivered", () => Volatile.Read(ref _delivered), "{event}", "Events that webhooks took.");
        meter.CreateObservableCounter("iotattest.webhooks.failed", () => Volatile.Read(ref _failed), "{attempt}", "Attempts that failed.");
        meter.CreateObservableCounter("iotattest.webhooks.dead_letters", () => Volatile.Read(ref _dead), "{event}", "Events given up after the last attempt.");
    }

    public void CountDelivery() => Interlocked.Increment(ref _delivered);

    /// <param name="isDead">True when it was the last attempt.</param>
    public void CountFailure(bool isDead)
    {
        Interlocked.Increment(ref _failed);
        if (isDead)
        {
            Interlocked.Increment(ref _dead);
        }
    }
}
