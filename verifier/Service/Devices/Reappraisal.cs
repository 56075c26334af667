using IotAttest.Domain.Appraisal;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Service.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Devices;

/// <summary>Writes history when a verdict changes without new evidence: reference values changed, or a board fell silent.</summary>
/// <remarks>What people read is computed at the moment they read it; this loop only keeps the record of it.</remarks>
internal sealed class Reappraisal(
    ReappraisalQueue queue, DeviceDirectory devices, VerdictSource verdicts, DeviceStateTable states, StoreWriter store, ILogger<Reappraisal> logger)
    : BackgroundService
{
    private static readonly TimeSpan LongestSweep = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortestSweep = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                string? manufacturer = await WaitAsync(stoppingToken);
                await SweepAsync(manufacturer, stoppingToken);
            }
            catch (StoreException cause)
            {
                logger.ReappraisalFailed(cause.Message);
                await Task.Delay(LongestSweep, stoppingToken);
            }
        }
    }

    // Null when the time for a look at silent boards came first.
    private async Task<string?> WaitAsync(CancellationToken stopping)
    {
        TimeSpan interval = verdicts.Policy.MaximumAge / 20;
        interval = interval > LongestSweep ? LongestSweep : interval < ShortestSweep ? ShortestSweep : interval;
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        timeout.CancelAfter(interval);
        try
        {
            return await queue.Reader.ReadAsync(timeout.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task SweepAsync(string? manufacturer, CancellationToken stopping)
    {
        string cause = manufacturer is null ? "silence" : "reference";
        List<ReappraisalJob> jobs = [];
        foreach (DeviceEntry device in devices.All.Where(device => manufacturer is null || device.Identity.Manufacturer == manufacturer))
        {
            if (HasChanged(device, manufacturer is not null))
            {
                ReappraisalJob job = new(device, verdicts, states, cause);
                jobs.Add(job);
                await store.PostAsync(job, stopping);
            }
        }

        await Task.WhenAll(jobs.Select(job => job.Completion));
    }

    private bool HasChanged(DeviceEntry device, bool withCauses)
    {
        DeviceState state = device.State;
        if (state.Facts.AsOf is null)
        {
            return false;
        }

        ManufacturerReference reference = verdicts.ReferenceOf(device);
        bool causesChange = withCauses
            && StickyCauses.Update(state.Facts, device.Identity.ClassId, reference, state.Facts.Measured) != state.Facts;
        return causesChange || HistoryMark.Of(verdicts.Of(device, state)) != state.Shown;
    }
}
