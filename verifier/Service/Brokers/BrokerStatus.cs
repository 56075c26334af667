using System.Diagnostics.Metrics;
using IotAttest.Service.Health;

namespace IotAttest.Service.Brokers;

/// <summary>Whether the broker, or the cluster, is there, for <c>/readyz</c>, and what came from it, for <c>/metrics</c>.</summary>
/// <param name="family">The second part of the names of metrics.</param>
/// <param name="name">What it is called in sentences.</param>
internal sealed class BrokerStatus(string family, string name) : IReadinessCheck, IMetricSource
{
    private static readonly BrokerDrop[] Drops = Enum.GetValues<BrokerDrop>();

    private readonly long[] _dropped = new long[Drops.Length];
    private volatile string? _fault = $"there was no connection to the {name} yet";
    private long _connections;
    private long _received;
    private long _unsent;

    public bool IsConnected => _fault is null;

    public ValueTask<string?> FaultAsync() => ValueTask.FromResult(_fault);

    public void AddTo(Meter meter)
    {
        meter.CreateObservableUpDownCounter($"iotattest.{family}.connected", () => IsConnected ? 1 : 0, "{connection}", $"1 while the verifier is connected to its {name}.");
        meter.CreateObservableCounter($"iotattest.{family}.connections", () => Volatile.Read(ref _connections), "{connection}", $"Connections made to the {name}.");
        meter.CreateObservableCounter($"iotattest.{family}.received", () => Volatile.Read(ref _received), "{message}", $"Messages that the {name} delivered.");
        meter.CreateObservableCounter($"iotattest.{family}.unsent", () => Volatile.Read(ref _unsent), "{message}", $"Challenges, results and markers that could not be handed to the {name}.");
        meter.CreateObservableCounter($"iotattest.{family}.dropped", () => Drops.Select(Tagged), "{message}", $"Messages taken off the {name} without a look at them, by reason.");
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
