using IotAttest.Service.Tests;

namespace IotAttest.Browser.Tests;

/// <summary>One browser and three registries for all tests, each started when a test first asks for it.</summary>
public sealed class Stage : IAsyncLifetime
{
    public const string Name = "pages";

    private readonly Lazy<Task<Chromium>> _chromium = new(Chromium.StartAsync);
    private readonly Lazy<Task<FilledRegistry>> _filled = new(FilledRegistry.StartAsync);
    private readonly Lazy<Task<LargeRegistry>> _large = new(LargeRegistry.StartAsync);
    private readonly Lazy<Task<VerifierUnderTest>> _empty = new(() => VerifierUnderTest.StartAsync());
    private readonly Lazy<Task<FilledFleet>> _fleet = new(FilledFleet.StartAsync);
    private readonly Lazy<Task<Showcase>> _showcase = new(Showcase.StartAsync);

    internal Task<FilledFleet> FleetAsync() => _fleet.Value;

    internal Task<Showcase> ShowcaseAsync() => _showcase.Value;

    internal Task<FilledRegistry> FilledAsync() => _filled.Value;

    internal Task<LargeRegistry> LargeAsync() => _large.Value;

    internal Task<VerifierUnderTest> EmptyAsync() => _empty.Value;

    public async Task<Visit> VisitAsync(Uri address, Look look) => await Visit.StartAsync((await _chromium.Value).Browser, address, look);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await DisposeAsync(_chromium);
        await DisposeAsync(_filled);
        await DisposeAsync(_fleet);
        await DisposeAsync(_showcase);
        await DisposeAsync(_large);
        await DisposeAsync(_empty);
    }

    private static async Task DisposeAsync<T>(Lazy<Task<T>> started)
        where T : IAsyncDisposable
    {
        if (started.IsValueCreated && started.Value.IsCompletedSuccessfully)
        {
            await (await started.Value).DisposeAsync();
        }
    }
}
