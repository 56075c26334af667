using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using IotAttest.Service.Health;

namespace IotAttest.Service.Evidence;

/// <summary>Counters of the evidence path, also for strangers: refusals of evidence that no authenticated board sent.</summary>
internal sealed class EvidenceMetrics : IMetricSource, IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "IotAttest.Evidence";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _evidence;
    private readonly ConcurrentDictionary<string, long> _totals = new(StringComparer.Ordinal);

    public EvidenceMetrics() => _evidence = _meter.CreateCounter<long>("iotattest_evidence_total", description: "Evidence by outcome.");

    /// <summary>Totals by outcome since start.</summary>
    public void Write(MetricsText text)
    {
        foreach ((string outcome, long total) in _totals)
        {
            text.Counter($"iotattest_evidence_{ToSnakeCase(outcome)}_total", $"Evidence with the outcome {outcome}.", total);
        }
    }

    public void Count(EvidenceAnswer answer)
    {
        string outcome = answer.Refusal?.Code.ToString() ?? (answer.IsRepeat ? "repeated" : "accepted");
        _evidence.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        _totals.AddOrUpdate(outcome, 1, static (_, total) => total + 1);
    }

    public void Dispose() => _meter.Dispose();

    private static string ToSnakeCase(string name) =>
        string.Concat(name.Select((letter, at) => char.IsUpper(letter) ? (at > 0 ? "_" : "") + char.ToLowerInvariant(letter) : letter.ToString()));
}
