using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Storage.Sharing;

/// <summary>Keeps an idle verifier up to date with a store that others change: what people read here is true soon after it was written there.</summary>
internal sealed class StoreFollowing(Database database, StoreWriter writer, ILogger<StoreFollowing> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private bool _wasFine = true;
    private bool _wasReplaced;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!database.IsShared)
        {
            return;
        }

        using PeriodicTimer timer = new(Interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
                _wasFine = true;
            }
            catch (Exception cause) when (cause is StoreException or DbException)
            {
                Say(cause.Message);
                _wasFine = false;
                await Task.Delay(Pause, stoppingToken);
            }
        }
    }

    // Each once: the second is the one that does not pass by itself.
    private void Say(string reason)
    {
        if (writer.IsReplaced && !_wasReplaced)
        {
            _wasReplaced = true;
            logger.DatabaseReplaced(reason);
        }
        else if (_wasFine)
        {
            logger.NotFollowed(reason);
        }
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        using (DbConnection connection = database.Open())
        {
            // A database that was replaced may have come to the same number: the writer says so.
            if (!writer.IsReplaced && database.NumberNow(connection) == writer.SeenNumber)
            {
                return;
            }
        }

        FollowJob job = new();
        await writer.PostAsync(job, stopping);
        await job.Completion;
    }
}
