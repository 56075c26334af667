using System.Diagnostics;
using IotAttest.Service.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Devices;

/// <summary>Writes history when a verdict changes without new evidence: reference values changed, time passed, or a board fell silent.</summary>
/// <remarks>What people read is computed at the moment they read it; this loop only keeps the record of it. It looks at groups of boards that
/// share a verdict (<see cref="FleetGroups"/>), and at boards only when a group shows something else or a board's evidence expired.</remarks>
internal sealed class Reappraisal(ReappraisalQueue queue, FleetSweep sweep, VerdictSource verdicts, ILogger<Reappraisal> logger) : BackgroundService
{
    private const int MaxItems = 65_536;

    /// <summary>Time spent on looking at groups is at most one part in this many.</summary>
    private const int IdleShare = 20;

    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(500);

    private readonly Stopwatch _sinceClockCheck = Stopwatch.StartNew();
    private TimeSpan _clockCheckTook;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();

        // After a start, and after a failure, nobody knows what changed.
        bool mustSweepAll = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (mustSweepAll)
                {
                    await sweep.AllAsync(Cause.Reference, stoppingToken);
                    mustSweepAll = false;
                }

                if (await WaitAsync(stoppingToken))
                {
                    await TakeAsync(stoppingToken);
                }

                await LookAtClockAsync(stoppingToken);
            }
            catch (StoreException cause)
            {
                logger.ReappraisalFailed(cause.Message);
                mustSweepAll = true;
                await Task.Delay(LongestInterval, stoppingToken);
            }
        }
    }

    // False when the time for a look at the clock came first.
    private async Task<bool> WaitAsync(CancellationToken stopping)
    {
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        timeout.CancelAfter(Interval());
        try
        {
            return await queue.Reader.WaitToReadAsync(timeout.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return false;
        }
    }

    // Many changes of one manufacturer that queued up are one.
    private async Task TakeAsync(CancellationToken stopping)
    {
        HashSet<string> manufacturers = new(StringComparer.Ordinal);
        List<DeviceEntry> outdated = [];
        bool isForAll = false;
        for (int i = 0; i < MaxItems && queue.Reader.TryRead(out ReappraisalQueue.Item item); i++)
        {
            if (item.Device is { } device)
            {
                if (!sweep.Note(device, item.State!))
                {
                    outdated.Add(device);
                }
            }
            else if (item.Manufacturer is { } manufacturer)
            {
                manufacturers.Add(manufacturer);
            }
            else
            {
                isForAll = true;
            }
        }

        if (isForAll)
        {
            await sweep.AllAsync(Cause.Reference, stopping);
            return;
        }

        if (outdated.Count > 0)
        {
            await sweep.OfBoardsAsync(outdated, stopping);
        }

        foreach (string manufacturer in manufacturers)
        {
            await sweep.OfManufacturerAsync(manufacturer, Cause.Reference, stopping);
        }
    }

    private async Task LookAtClockAsync(CancellationToken stopping)
    {
        TimeSpan interval = Interval();
        if (_sinceClockCheck.Elapsed < interval)
        {
            return;
        }

        await sweep.SilentAsync(stopping);
        if (_sinceClockCheck.Elapsed >= _clockCheckTook * IdleShare)
        {
            Stopwatch watch = Stopwatch.StartNew();
            await sweep.ByClockAsync(stopping);
            _clockCheckTook = watch.Elapsed;
            _sinceClockCheck.Restart();
        }
    }

    private TimeSpan Interval()
    {
        TimeSpan interval = verdicts.Policy.MaximumAge / IdleShare;
        return interval > LongestInterval ? LongestInterval : interval < ShortestInterval ? ShortestInterval : interval;
    }
}
