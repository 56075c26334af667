using System.Data.Common;
using Dapper;
using IotAttest.Domain.Freshness;
using IotAttest.Service.Results;
using IotAttest.Service.Storage;
using IotAttest.Service.Storage.Sharing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Freshness;

/// <summary>Issues a signed epoch marker every five minutes; markers survive a restart.</summary>
internal sealed class EpochClock(StoreWriter store, Database database, VerifierKey key, TimeProvider clock, ILogger<EpochClock> logger) : BackgroundService, IStoreFollower
{
    /// <summary>Time between two markers.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(5);

    private EpochMarker[] _markers = [];
    private EpochMarker? _told;

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
        using (DbConnection connection = database.Open())
        {
            _markers = Read(connection, null);
        }

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

    /// <summary>Takes over a marker that another verifier issued; the next tick tells those who listen.</summary>
    public void Follow(StoreChanges changes)
    {
        if (changes.Kinds.Contains("epoch_markers"))
        {
            Volatile.Write(ref _markers, Read(changes.Connection, changes.Transaction));
        }
    }

    private static EpochMarker[] Read(DbConnection connection, DbTransaction? transaction) => [.. connection
        .Query<(byte[] Bytes, long IssuedAt)>("SELECT bytes, issued_at FROM epoch_markers ORDER BY id DESC LIMIT 2", transaction: transaction)
        .Select(row => new EpochMarker(row.Bytes, DateTimeOffset.FromUnixTimeMilliseconds(row.IssuedAt)))];

    private static bool IsDue(EpochMarker[] markers, DateTimeOffset now) =>
        markers.Length == 0 || now - markers[0].IssuedAt >= Period || now < markers[0].IssuedAt - ChallengeCheck.ClockTolerance;

    private async Task IssueWhenDueAsync()
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (IsDue(Volatile.Read(ref _markers), now))
        {
            EpochMarker marker = EpochMarker.Issue(key.Signer, now, Period * EpochCheck.AcceptedMarkers);
            await store.ExecuteAsync((connection, transaction) => Add(connection, transaction, marker, now), markers => Volatile.Write(ref _markers, markers));
        }

        EpochMarker newest = Volatile.Read(ref _markers)[0];
        if (!ReferenceEquals(newest, _told))
        {
            _told = newest;
            Issued?.Invoke(newest);
        }
    }

    // Another verifier may have come first: then its marker is everybody's.
    private static EpochMarker[] Add(DbConnection connection, DbTransaction transaction, EpochMarker marker, DateTimeOffset now)
    {
        EpochMarker[] known = Read(connection, transaction);
        if (!IsDue(known, now))
        {
            return known;
        }

        connection.Execute("DELETE FROM epoch_markers WHERE id NOT IN (SELECT id FROM epoch_markers ORDER BY id DESC LIMIT 1)", transaction: transaction);
        connection.Execute(
            "INSERT INTO epoch_markers (bytes, issued_at) VALUES (@Bytes, @IssuedAt)",
            new { Bytes = marker.Bytes.ToArray(), IssuedAt = marker.IssuedAt.ToUnixTimeMilliseconds() },
            transaction);
        return [marker, .. known.Take(1)];
    }
}
