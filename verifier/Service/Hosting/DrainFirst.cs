using Microsoft.Extensions.Hosting;

namespace IotAttest.Service.Hosting;

/// <summary>Before anything else stops: says so by <c>/readyz</c>, and leaves time to see it. Everything works meanwhile.</summary>
internal sealed class DrainFirst(VerifierOptions options, TimeProvider clock) : IHostedLifecycleService
{
    private volatile bool _hasBegun;

    public bool HasBegun => _hasBegun;

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        _hasBegun = true;
        return Task.Delay(options.Drain, clock, cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
