using System.Diagnostics;
using IotAttest.Service.Health;

namespace IotAttest.Service.Evidence;

/// <summary>One span per evidence, with a mark when it was received, verified, appraised and stored. Without a listener there is none, and it costs one comparison.</summary>
internal static class EvidenceTrace
{
    private static readonly ActivitySource Source = new(VerifierMeter.Name);

    /// <summary>Begins the span of one evidence: the root of a trace of its own.</summary>
    /// <remarks>A <c>traceparent</c> that came with a request does not count: strangers must not choose what is sampled.</remarks>
    public static Activity? Begin(EvidenceOrigin origin)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        Activity.Current = null;
        Activity? span = Source.StartActivity("evidence", ActivityKind.Server);
        span?.SetTag("iotattest.transport", origin.AuthenticatedUeid is null ? "http" : "mqtt");
        Mark(span, "received");
        return span;
    }

    public static void Mark(Activity? span, string moment) => span?.AddEvent(new ActivityEvent(moment));

    /// <summary>What became of it. The board is named here and never in a metric: a span is one record, a label a time series.</summary>
    public static void Conclude(Activity? span, EvidenceAnswer answer)
    {
        span?.SetTag("iotattest.ueid", answer.Device?.Identity.Ueid);
        span?.SetTag("iotattest.refusal", answer.Refusal?.Code.ToString());
        span?.SetTag("iotattest.conformity", answer.Verdict?.Conformity.ToString());
    }
}
