using System.Data.Common;
using Dapper;
using IotAttest.Domain.Freshness;
using IotAttest.Service.Results;
using IotAttest.Service.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Freshness;

/// <summary>Issues a signed epoch marker every five minutes; markers survive a restart.</summary>
internal sealed class EpochClock(StoreWriter store, Database database, VerifierKey key, TimeProvider clock, ILogger<EpochClock> logger) : BackgroundService
{
    /// <summary>Time between two markers.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(5);

    private EpochMarker[] _markers = [];

    /// <summary>Called with each new marker.</summary>
    public event Action<EpochMarker>? Issued;

    /// <summary>The markers that evidence may bind, newest first: at most two, none older than two periods.</summary>
    public IReadOnlyList<EpochMarker> Current
    {
        get
        {
            DateTimeOffset oldest = clock.GetUtcNow() - (Period * EpochCheck.AcceptedMarkers);
            return [.. Volatile.Read(ref _markers).Where(marker => marker.IssuedAt >= oldest)];
        }
    }

    /// <summary>Reads the last markers and issues one when the newest is older than a period.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        Load();
        await IssueWhenDueAsync();
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(TimeSpan.FromSeconds(1), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await IssueWhenDueAsync();
            }
            catch (StoreException cause)
            {
                logger.EpochNotIssued(cause.Message);
            }
        }
    }

    private void Load()
    {
        using System.Data.Common.DbConnection connection = database.Open();
        _markers = [.. connection
            .Query<(byte[] Bytes, long IssuedAt)>("SELECT bytes, issued_at FROM epoch_markers ORDER BY id DESC LIMIT 2")
            .Select(row => new EpochMarker(row.Bytes, DateTimeOffset.FromUnixTimeMilliseconds(row.IssuedAt)))];
    }

    private async Task IssueWhenDueAsync()
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (_markers.Length > 0 && now - _markers[0].IssuedAt < Period && now >= _markers[0].IssuedAt - ChallengeCheck.ClockTolerance)
        {
            return;
        }

        EpochMarker marker = EpochMarker.Issue(key.Signer, now, Period * EpochCheck.AcceptedMarkers);
        await store.ExecuteAsync((connection, transaction) =>
        {
            connection.Execute("DELETE FROM epoch_markers WHERE id NOT IN (SELECT id FROM epoch_markers ORDER BY id DESC LIMIT 1)", transaction: transaction);
            return connection.Execute(
                "INSERT INTO epoch_markers (bytes, issued_at) VALUES (@Bytes, @IssuedAt)",
                new { Bytes = marker.Bytes.ToArray(), IssuedAt = marker.IssuedAt.ToUnixTimeMilliseconds() },
                transaction);
        });
        Volatile.Write(ref _markers, [marker, .. _markers.Take(1)]);
        Issued?.Invoke(marker);
    }
}
