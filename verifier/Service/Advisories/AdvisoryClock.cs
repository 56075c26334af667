using System.Data.Common;
using IotAttest.Service.Advisories.Incidents;
using IotAttest.Service.Problems;
using IotAttest.Service.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Advisories;

/// <summary>Does what is due by the clock alone: embargoes end, reporting clocks run out.</summary>
internal sealed class AdvisoryClock(AdvisoryRegistry advisories, IncidentRegistry incidents, Database database, TimeProvider clock, ILogger<AdvisoryClock> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
                await Task.Delay(Interval, stoppingToken);
            }
            catch (Exception cause) when (cause is StoreException or DbException or ProblemException)
            {
                logger.ClockFailed(cause.Message);
                await Task.Delay(AfterFault, stoppingToken);
            }
        }
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        if (HasDue())
        {
            await advisories.ReleaseDueAsync(stopping);
        }

        await incidents.NoteOverdueAsync(stopping);
    }

    // Reading costs the writer thread nothing.
    private bool HasDue()
    {
        using DbConnection connection = database.Open();
        return AdvisoryTable.Due(connection, null, clock.GetUtcNow().ToUnixTimeMilliseconds()).Count > 0;
    }
}
