using Microsoft.Extensions.Hosting;

namespace IotAttest.Cli.Hosting;

/// <summary>A host that neither listens to signals nor prints anything.</summary>
internal sealed class SilentLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
