using System.Diagnostics.Metrics;

namespace IotAttest.Service.Health;

/// <summary>The one meter of the verifier: <c>/metrics</c> and OTLP read the same instruments.</summary>
/// <remarks>Names are OpenTelemetry's (<c>iotattest.store.commits</c>); <see cref="PrometheusName"/> turns them into those of <c>/metrics</c>.
/// A label has few values that are known beforehand: never a UEID, an address or anything else from outside.</remarks>
internal sealed class VerifierMeter : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "IotAttest.Verifier";

    public VerifierMeter(IEnumerable<IMetricSource> sources)
    {
        foreach (IMetricSource source in sources)
        {
            source.AddTo(Meter);
        }
    }

    public Meter Meter { get; } = new(Name);

    public void Dispose() => Meter.Dispose();
}
