using System.Diagnostics.Metrics;

namespace IotAttest.Service.Health;

/// <summary>Reads the verifier's meter, and what .NET itself says of memory and garbage collection, for <c>/metrics</c>.</summary>
internal sealed class PrometheusReader : IDisposable
{
    /// <summary>Of .NET itself.</summary>
    public const string RuntimeMeter = "System.Runtime";

    private static readonly string[] RuntimeNames = ["dotnet.gc.collections", "dotnet.gc.pause.time", "dotnet.gc.heap.total_allocated", "dotnet.process.memory.working_set"];

    private readonly MeterListener _listener = new();
    private readonly VerifierMeter _meter;
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, PrometheusFamily> _families = new(StringComparer.Ordinal);

    public PrometheusReader(VerifierMeter meter)
    {
        _meter = meter;
        _listener.InstrumentPublished = Follow;
        _listener.SetMeasurementEventCallback<int>((_, value, tags, family) => Take(family, value, tags));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, family) => Take(family, value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, family) => Take(family, value, tags));
        _listener.Start();
    }

    public string Read()
    {
        MetricsText text = new();
        lock (_lock)
        {
            _listener.RecordObservableInstruments();
            foreach (PrometheusFamily family in _families.Values)
            {
                family.Write(text);
            }
        }

        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private static void Take(object? family, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => ((PrometheusFamily)family!).Take(value, tags);

    private void Follow(Instrument instrument, MeterListener listener)
    {
        // By identity: another verifier in this process has a meter of the same name.
        bool isWanted = ReferenceEquals(instrument.Meter, _meter.Meter) || (instrument.Meter.Name == RuntimeMeter && RuntimeNames.Contains(instrument.Name));
        if (!isWanted)
        {
            return;
        }

        PrometheusFamily family = new(instrument);
        lock (_lock)
        {
            _families[family.Name] = family;
        }

        listener.EnableMeasurementEvents(instrument, family);
    }
}
