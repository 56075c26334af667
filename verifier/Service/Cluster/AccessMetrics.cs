using System.Diagnostics.Metrics;
using IotAttest.Service.Health;

namespace IotAttest.Service.Cluster;

/// <summary>How often nodes of a cluster asked, and what they were told.</summary>
internal sealed class AccessMetrics : IMetricSource
{
    private long _allowed;
    private long _denied;

    public void AddTo(Meter meter) => meter.CreateObservableCounter(
        "iotattest.cluster.access",
        () => new Measurement<long>[] { new(Volatile.Read(ref _allowed), new KeyValuePair<string, object?>("answer", "allow")), new(Volatile.Read(ref _denied), new KeyValuePair<string, object?>("answer", "deny")) },
        "{question}",
        "Questions of the RabbitMQ cluster about boards, by answer.");

    public void Count(bool isAllowed) => Interlocked.Increment(ref isAllowed ? ref _allowed : ref _denied);
}
