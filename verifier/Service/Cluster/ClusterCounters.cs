using System.Diagnostics.Metrics;
using IotAttest.Service.Health;

namespace IotAttest.Service.Cluster;

/// <summary>What became of messages from the cluster.</summary>
internal sealed class ClusterCounters : IMetricSource
{
    private long _acknowledged;
    private long _returned;
    private long _dead;
    private long _leads;

    public void AddTo(Meter meter)
    {
        meter.CreateObservableCounter("iotattest.cluster.acknowledged", () => Volatile.Read(ref _acknowledged), "{message}", "Messages whose outcome is durable, so that the RabbitMQ cluster may forget them.");
        meter.CreateObservableCounter("iotattest.cluster.returned", () => Volatile.Read(ref _returned), "{message}", "Messages that could not be finished, which the RabbitMQ cluster delivers again.");
        meter.CreateObservableCounter("iotattest.cluster.dead", () => Volatile.Read(ref _dead), "{message}", "Messages that this verifier put into the dead-letter queue.");
        meter.CreateObservableUpDownCounter("iotattest.cluster.leads", () => Volatile.Read(ref _leads), "{verifier}", "1 at the one verifier that challenges boards and issues markers to the RabbitMQ cluster.");
    }

    public void Acknowledged() => Interlocked.Increment(ref _acknowledged);

    public void Returned() => Interlocked.Increment(ref _returned);

    public void Dead() => Interlocked.Increment(ref _dead);

    public void Leads(bool isLeader) => Volatile.Write(ref _leads, isLeader ? 1 : 0);
}
