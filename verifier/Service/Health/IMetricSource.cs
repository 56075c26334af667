using System.Diagnostics.Metrics;

namespace IotAttest.Service.Health;

/// <summary>A feature that has figures to show; registered as a service, asked once by <see cref="VerifierMeter"/>.</summary>
internal interface IMetricSource
{
    /// <summary>Makes the instruments. Figures that the feature counts anyway are observable: they cost nothing until somebody looks.</summary>
    void AddTo(Meter meter);
}
