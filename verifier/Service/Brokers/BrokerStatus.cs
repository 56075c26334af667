using System.Diagnostics.Metrics;
using IotAttest.Service.Health;

namespace IotAttest.Service.Brokers;

/// <summary>Whether the broker is there, for <c>/readyz</c>, and what came from it, for <c>/metrics</c>.</summary>
internal sealed class BrokerStatus : IReadinessCheck, IMetricSource
{
    private static readonly BrokerDrop[] Drops = Enum.GetValues<BrokerDrop>();

    private readonly long[] _dropped = new long[Drops.Length];
    private volatile string? _fault = "there was no connection to the MQTT broker yet";
    private long _connections;
    private long _received;
    private long _unsent;

    public bool IsConnected => _fault is null;

    public ValueTask<string?> FaultAsync() => ValueTask.FromResult(_fault);

    public void AddTo(Meter meter)
    {
        meter.CreateObservableUpDownCounter("iotattest.broker.connected", () => IsConnected ? 1 : 0, "{connection}", "1 while the verifier is connected to its MQTT broker.");
        meter.CreateObservableCounter("iotattest.broker.connections", () => Volatile.Read(ref _connections), "{connection}", "Connections made to the MQTT broker.");
        meter.CreateObservableCounter("iotattest.broker.received", () => Volatile.Read(ref _received), "{message}", "Messages that the MQTT broker delivered.");
        meter.CreateObservableCounter("iotattest.broker.unsent", () => Volatile.Read(ref _unsent), "{message}", "Challenges, results and markers that could not be handed to the MQTT broker.");
        meter.CreateObservableCounter("iotattest.broker.dropped", () => Drops.Select(Tagged), "{message}", "Messages taken off the MQTT broker without a look at them, by reason.");
    }

    public void Connected()
    {
        Interlocked.Increment(ref _connections);
        _fault = null;
    }

    /// <param name="fault">What everybody may read: no names, no addresses.</param>
    public void Lost(string fault) => _fault = fault;

    public void CountReceived() => Interlocked.Increment(ref _received);

    public void CountUnsent() => Interlocked.Increment(ref _unsent);

    public void CountDropped(BrokerDrop reason) => Interlocked.Increment(ref _dropped[(int)reason]);

    private Measurement<long> Tagged(BrokerDrop reason) => new(Volatile.Read(ref _dropped[(int)reason]), new KeyValuePair<string, object?>("reason", reason.ToString()));
}
