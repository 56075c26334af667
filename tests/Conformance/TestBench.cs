using IotAttest.Cli.Suites;
using IotAttest.Simulator;

namespace IotAttest.Conformance.Tests;

/// <summary>A simulated board of <see cref="TestProduct"/>, with a fault or without one.</summary>
internal sealed class TestBench : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iotattest-conformance-").FullName;
    private readonly SuiteProduct _product = TestProduct.Make();
    private readonly SimulatedBench _bench;

    private TestBench(Func<string, SuiteProduct, SimulatedBench> start)
    {
        _bench = start(_folder, _product);
        Subject = _bench.Subject;
    }

    public ConformanceSubject Subject { get; private set; }

    public SuiteProduct Product => _product;

    public static TestBench Start(BoardIdentity identity) =>
        new((folder, product) => SimulatedBench.StartAsync(product, identity, null, folder, TimeProvider.System, CancellationToken.None).GetAwaiter().GetResult());

    /// <summary>Starts a board with a fault; what must come is waited for shortly.</summary>
    public static TestBench Start(Fault fault)
    {
        BoardIdentity identity = fault.Identity();
        TestBench bench = Start(identity);
        bench.Subject = fault.Apply(bench.Subject with { Times = bench.Subject.Times with { Answer = TimeSpan.FromSeconds(3), Reconnect = TimeSpan.FromSeconds(5) } }, identity);
        return bench;
    }

    public async Task<ConformanceReport> RunAsync(params IEnumerable<ConformanceModule> modules) =>
        await ConformanceRun.RunAsync(Subject, modules, "1.2.3", null, CancellationToken.None);

    /// <summary>Runs one check alone.</summary>
    public async Task<Finding> RunAsync(string id)
    {
        ConformanceModule module = ConformanceSuite.Modules.Single(each => id.StartsWith($"{each.Id}.", StringComparison.Ordinal));
        ConformanceReport report = await RunAsync(module with { Checks = [.. module.Checks.Where(check => check.Id == id)] });
        return report.Checks.Single().Finding;
    }

    public async ValueTask DisposeAsync()
    {
        await _bench.DisposeAsync();
        _product.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
