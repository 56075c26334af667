using IotAttest.Service.Health;
using IotAttest.Service.Hosting;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace IotAttest.Service.Telemetry;

/// <summary>Metrics and traces on their way to a collector, from start to stop; what is left goes out at the end.</summary>
/// <remarks>Also without a collector the verifier works: what cannot be sent is dropped, and <c>/metrics</c> says the same.</remarks>
internal sealed class OtlpSignals(VerifierMeter meter, VerifierOptions options, ResourceBuilder resource) : IHostedService, IDisposable
{
    private static readonly int PatienceMs = (int)TimeSpan.FromSeconds(3).TotalMilliseconds;

    private MeterProvider? _metrics;
    private TracerProvider? _traces;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(meter.Meter.Name, PrometheusReader.RuntimeMeter)
            .AddOtlpExporter((exporter, reader) =>
            {
                OtlpExport.Aim(exporter, options.Otlp!, "metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.OtlpEvery.TotalMilliseconds;
            })
            .Build();
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .SetSampler(new TraceIdRatioBasedSampler(options.OtlpSample))
            .AddSource(VerifierMeter.Name)
            .AddOtlpExporter(exporter => OtlpExport.Aim(exporter, options.Otlp!, "traces"))
            .Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            _traces?.Shutdown(PatienceMs);
            _metrics?.Shutdown(PatienceMs);
        },
        cancellationToken);

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }
}
