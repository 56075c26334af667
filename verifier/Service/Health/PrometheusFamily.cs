using System.Diagnostics.Metrics;

namespace IotAttest.Service.Health;

/// <summary>One instrument in the Prometheus text. Everything but histograms is observable: its values are asked for when somebody looks.</summary>
internal sealed class PrometheusFamily
{
    private readonly string _kind;
    private readonly string _help;
    private readonly HistogramBuckets? _buckets;
    private readonly List<(KeyValuePair<string, string>[] Labels, double Value)> _samples = [];

    public PrometheusFamily(Instrument instrument)
    {
        _kind = KindOf(instrument.GetType().GetGenericTypeDefinition());
        _help = instrument.Description ?? instrument.Name;
        _buckets = instrument switch
        {
            Histogram<double> histogram => new HistogramBuckets(histogram.Advice!.HistogramBucketBoundaries!),
            Histogram<int> histogram => new HistogramBuckets([.. histogram.Advice!.HistogramBucketBoundaries!.Select(bound => (double)bound)]),
            _ => null,
        };
        Name = PrometheusName.Of(instrument, isCounter: _kind == "counter");
    }

    public string Name { get; }

    public void Take(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (_buckets is not null)
        {
            _buckets.Record(value);
            return;
        }

        KeyValuePair<string, string>[] labels = new KeyValuePair<string, string>[tags.Length];
        for (int i = 0; i < tags.Length; i++)
        {
            labels[i] = KeyValuePair.Create(PrometheusName.Label(tags[i].Key), $"{tags[i].Value}");
        }

        _samples.Add((labels, value));
    }

    /// <summary>Writes what was observed since the last time.</summary>
    public void Write(MetricsText text)
    {
        text.Begin(Name, _kind, _help);
        _buckets?.Write(text, Name);
        foreach ((KeyValuePair<string, string>[] labels, double value) in _samples)
        {
            text.Sample(Name, labels, value);
        }

        _samples.Clear();
    }

    private static string KindOf(Type type) => type switch
    {
        _ when type == typeof(ObservableCounter<>) => "counter",
        _ when type == typeof(Histogram<>) => "histogram",
        _ when type == typeof(ObservableUpDownCounter<>) || type == typeof(ObservableGauge<>) => "gauge",
        _ => throw new NotSupportedException($"{type.Name}: count yourself, and give the meter an observable instrument."),
    };
}
