namespace IotAttest.Service.Health;

/// <summary>A feature that has figures to show; registered as a service, found by <c>/metrics</c>.</summary>
internal interface IMetricSource
{
    void Write(MetricsText text);
}
