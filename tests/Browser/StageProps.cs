using IotAttest.Service.Tests;

namespace IotAttest.Browser.Tests;

/// <summary>What stands on the stage.</summary>
internal sealed class StageProps : IAsyncDisposable
{
    public Lazy<Task<Chromium>> Chromium { get; } = new(Tests.Chromium.StartAsync);

    public Lazy<Task<FilledRegistry>> Filled { get; } = new(FilledRegistry.StartAsync);

    public Lazy<Task<LargeRegistry>> Large { get; } = new(LargeRegistry.StartAsync);

    public Lazy<Task<FilledFleet>> Fleet { get; } = new(FilledFleet.StartAsync);

    public Lazy<Task<Showcase>> Showcase { get; } = new(Tests.Showcase.StartAsync);

    public Lazy<Task<VerifierUnderTest>> Empty { get; } = new(() => VerifierUnderTest.StartAsync());

    public async ValueTask DisposeAsync()
    {
        await DisposeAsync(Chromium);
        await DisposeAsync(Filled);
        await DisposeAsync(Large);
        await DisposeAsync(Fleet);
        await DisposeAsync(Showcase);
        await DisposeAsync(Empty);
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
