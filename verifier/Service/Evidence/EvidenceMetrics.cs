using System.Diagnostics;
using System.Diagnostics.Metrics;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Evidence;
using IotAttest.Service.Health;

namespace IotAttest.Service.Evidence;

/// <summary>Counters of the evidence path, also for strangers: refusals of evidence that no authenticated board sent.</summary>
internal sealed class EvidenceMetrics : IMetricSource
{
    private static readonly RefusalCode[] Codes = Enum.GetValues<RefusalCode>();
    private static readonly Conformity[] Conformities = Enum.GetValues<Conformity>();

    /// <summary>Seconds; DESIGN.md asks for answers within a second under full load.</summary>
    private static readonly InstrumentAdvice<double> DurationBounds = new() { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] };

    private readonly long[] _refused = new long[(int)Codes.Max() + 1];
    private readonly long[] _verdicts = new long[(int)Conformities.Max() + 1];
    private long _accepted;
    private long _repeated;
    private Histogram<double>? _duration;

    public void AddTo(Meter meter)
    {
        AddOutcome(meter, "accepted", () => Volatile.Read(ref _accepted));
        AddOutcome(meter, "repeated", () => Volatile.Read(ref _repeated));
        meter.CreateObservableCounter("iotattest.evidence.refused", () => Codes.Select(code => Tagged(ref _refused[(int)code], "code", code)), "{evidence}", "Evidence refused, by the code of the refusal.");
        meter.CreateObservableCounter(
            "iotattest.evidence.verdicts", () => Conformities.Select(word => Tagged(ref _verdicts[(int)word], "conformity", word)), "{evidence}", "Evidence accepted, by the conformity that followed.");
        _duration = meter.CreateHistogram("iotattest.evidence.duration", "s", "Time from evidence received to its verdict durable.", tags: null, DurationBounds);
    }

    /// <summary>Counts an answer.</summary>
    public void Count(EvidenceAnswer answer)
    {
        ref long outcome = ref answer.Refusal is { } refusal ? ref _refused[(int)refusal.Code] : ref answer.IsRepeat ? ref _repeated : ref _accepted;
        Interlocked.Increment(ref outcome);
        if (answer is { Refusal: null, IsRepeat: false, Verdict: { } verdict })
        {
            Interlocked.Increment(ref _verdicts[(int)verdict.Conformity]);
        }
    }

    /// <summary>Notes how long accepted evidence took.</summary>
    /// <param name="received">The <see cref="Stopwatch"/>'s timestamp when it came.</param>
    public void Time(long received) => _duration?.Record(Stopwatch.GetElapsedTime(received).TotalSeconds);

    private static void AddOutcome(Meter meter, string outcome, Func<long> observe) =>
        meter.CreateObservableCounter($"iotattest.evidence.{outcome}", observe, "{evidence}", $"Evidence with the outcome {outcome}.");

    private static Measurement<long> Tagged(ref long count, string label, Enum value) => new(Volatile.Read(ref count), new KeyValuePair<string, object?>(label, value.ToString()));
}
