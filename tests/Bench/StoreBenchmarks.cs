using BenchmarkDotNet.Attributes;
using IotAttest.Cli.Bench;
using IotAttest.Domain.Devices;

namespace IotAttest.Bench;

/// <summary>The whole path of confirming evidence until its verdict is durable in SQLite, fifty boards at once.</summary>
[InvocationCount(1)]
public class StoreBenchmarks
{
    private const int AtOnce = 50;

    private FleetStore _store = null!;
    private AppraisalProbe _probe = null!;
    private byte[][] _evidence = [];

    // The toolchain that emits into this process (BenchmarkDotNet 0.14) does not wait for a setup that returns a task.
    [GlobalSetup]
    public void Fill()
    {
        _store = FleetStore.MakeAsync(new FleetPlan(AtOnce * 2, 10, 2), _ => { }, CancellationToken.None).GetAwaiter().GetResult();
        _probe = new AppraisalProbe(_store, DeviceKeyKind.Hmac, BoardDraw.Few, AtOnce);
    }

    [GlobalCleanup]
    public void Close() => _store.DisposeAsync().AsTask().GetAwaiter().GetResult();

    [IterationSetup]
    public void MakeEvidence() => _evidence = _probe.MakeAsync(AtOnce, isEachOnce: true).GetAwaiter().GetResult();

    [Benchmark(OperationsPerInvoke = AtOnce)]
    public async Task Durable() => await _probe.TimeDurableAsync(_evidence);
}
