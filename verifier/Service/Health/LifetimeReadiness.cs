using IotAttest.Service.Hosting;
using Microsoft.Extensions.Hosting;

namespace IotAttest.Service.Health;

/// <summary>Listening, and not about to stop: a load balancer sends nothing new to a verifier that drains.</summary>
internal sealed class LifetimeReadiness(IHostApplicationLifetime lifetime, DrainFirst drain) : IReadinessCheck
{
    public ValueTask<string?> FaultAsync() => ValueTask.FromResult(
        drain.HasBegun || lifetime.ApplicationStopping.IsCancellationRequested ? "the verifier is stopping"
        : !lifetime.ApplicationStarted.IsCancellationRequested ? "the verifier does not listen everywhere yet"
        : null);
}
