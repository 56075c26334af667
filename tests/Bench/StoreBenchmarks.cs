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

    [GlobalSetup]
    public async Task FillAsync()
    {
        _store = await FleetStore.MakeAsync(new FleetPlan(AtOnce * 2, 10, 2), _ => { }, CancellationToken.None);
        _probe = new AppraisalProbe(_store, DeviceKeyKind.Hmac, BoardDraw.Few, AtOnce);
    }

    [GlobalCleanup]
    public async Task CloseAsync() => await _store.DisposeAsync();

    [IterationSetup]
    public void MakeEvidence() => _evidence = _probe.MakeAsync(AtOnce, isEachOnce: true).GetAwaiter().GetResult();

    [Benchmark(OperationsPerInvoke = AtOnce)]
    public async Task Durable() => await _probe.TimeDurableAsync(_evidence);
}
