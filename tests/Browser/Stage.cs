using IotAttest.Service.Tests;

namespace IotAttest.Browser.Tests;

/// <summary>One browser and some verifiers for all tests of all collections, each started when a test first asks for it and stopped after the last collection.</summary>
public sealed class Stage : IAsyncLifetime
{
    public const string Name = "pages";
    public const string Desks = "desks";
    public const string Alone = "alone";

    private static readonly Lock Gate = new();
    private static StageProps? _shared;
    private static int _users;

    private StageProps _props = null!;

    internal Task<FilledFleet> FleetAsync() => _props.Fleet.Value;

    internal Task<Showcase> ShowcaseAsync() => _props.Showcase.Value;

    internal Task<FilledRegistry> FilledAsync() => _props.Filled.Value;

    internal Task<LargeRegistry> LargeAsync() => _props.Large.Value;

    internal Task<VerifierUnderTest> EmptyAsync() => _props.Empty.Value;

    public async Task<Visit> VisitAsync(Uri address, Look look) => await Visit.StartAsync((await _props.Chromium.Value).Browser, address, look);

    public Task InitializeAsync()
    {
        lock (Gate)
        {
            _users++;
            _props = _shared ??= new StageProps();
        }

        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        lock (Gate)
        {
            if (--_users > 0)
            {
                return;
            }

            _shared = null;
        }

        await _props.DisposeAsync();
    }
}
