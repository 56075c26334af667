using System.Diagnostics.Metrics;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Health;

/// <summary>How the one writer of the store keeps up.</summary>
internal sealed class StoreMetrics(StoreWriter writer) : IMetricSource
{
    private static readonly InstrumentAdvice<int> BatchBounds = new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048] };

    public void AddTo(Meter meter)
    {
        meter.CreateObservableGauge("iotattest.store.healthy", () => writer.IsHealthy ? 1 : 0, description: "1 when the last change of the store succeeded.");
        meter.CreateObservableCounter("iotattest.store.commits", () => writer.Commits, "{transaction}", "Transactions committed.");
        meter.CreateObservableCounter("iotattest.store.faults", () => writer.Faults, "{transaction}", "Transactions that failed: nothing in them was acknowledged.");
        meter.CreateObservableUpDownCounter("iotattest.store.queue", () => writer.Queued, "{change}", $"Changes that wait for the writer; at {StoreWriter.QueueLength} senders wait too.");
        Histogram<int> batches = meter.CreateHistogram("iotattest.store.batch", "{change}", "Changes in one transaction.", tags: null, BatchBounds);
        writer.BatchCommitted += batches.Record;
    }
}
