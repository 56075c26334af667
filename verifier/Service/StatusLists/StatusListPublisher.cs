using System.Data.Common;
using System.Globalization;
using IotAttest.Domain.StatusLists;
using IotAttest.Service.Registry;
using IotAttest.Service.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IotAttest.Service.StatusLists;

/// <summary>Makes the status lists anew every few seconds, so that a decision is in them soon; gates rely on the last that could be made.</summary>
internal sealed class StatusListPublisher(Database database, PublicAddress address, TimeProvider clock, ILogger<StatusListPublisher> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private DateTimeOffset? _expiresAt;

    /// <summary>True while the last list that was made can be relied on; false after the store could not be read for so long that it expired.</summary>
    public bool IsCurrent => _expiresAt is not { } end || clock.GetUtcNow() <= end;

    /// <summary>One list as it is now; null when there is none of that number.</summary>
    /// <exception cref="DbException">The store cannot be read.</exception>
    public TokenStatusList? Read(long list)
    {
        using DbConnection connection = database.Open();
        DateTimeOffset now = clock.GetUtcNow();
        return StatusPlaceTable.Read(connection, list, now) is { } statuses ? new TokenStatusList(AddressOf(list), statuses, now) : null;
    }

    /// <summary>Where a certificate's status stands: the address of the list and the index in it.</summary>
    public (string Uri, int Index) PlaceOf(string certificate)
    {
        using DbConnection connection = database.Open();
        (long list, int index) = StatusPlaceTable.Find(connection, certificate);
        return (AddressOf(list), index);
    }

    /// <summary>Makes the first list once; the gate relies on it until it expires.</summary>
    public void Refresh() => _expiresAt = Read(0)!.ExpiresAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                Refresh();
            }
            catch (Exception cause) when (cause is StoreException or DbException)
            {
                logger.StatusListNotMade(cause.Message);
            }

            await Task.Delay(Interval, clock, stoppingToken);
        }
    }

    private string AddressOf(long list) => address.Of(string.Create(CultureInfo.InvariantCulture, $"/v1/statuslists/{list}"));
}
