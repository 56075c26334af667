using System.Data.Common;
using IotAttest.Service.Storage;
using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Health;

/// <summary>The store takes a real write, and its schema is this program's.</summary>
/// <remarks>Asked by everybody, so at most one write a second goes to the disk; in between the last answer counts.</remarks>
internal sealed class StoreReadiness(StoreWriter store, Database database, TimeProvider clock, ILogger<StoreReadiness> logger) : IReadinessCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan HoldsFor = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private Task<string?>? _look;
    private long _lookedAt;
    private bool _wasFine = true;

    public async ValueTask<string?> FaultAsync()
    {
        try
        {
            return await Look().WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            return $"the store did not take a write within {Patience.TotalSeconds} s";
        }
    }

    private Task<string?> Look()
    {
        lock (_lock)
        {
            if (_look is null || (_look.IsCompleted && clock.GetElapsedTime(_lookedAt) >= HoldsFor))
            {
                _lookedAt = clock.GetTimestamp();
                _look = WriteAsync();
            }

            return _look;
        }
    }

    private async Task<string?> WriteAsync()
    {
        try
        {
            int schema = await store.ExecuteAsync(database.Touch);
            _wasFine = schema == database.NewestSchema;
            return _wasFine ? null : $"the database has schema {schema}, this program works with {database.NewestSchema}";
        }
        catch (Exception cause) when (cause is StoreException or DbException)
        {
            if (_wasFine)
            {
                logger.StoreNotWritable(cause.Message);
            }

            _wasFine = false;
            return store.IsReplaced ? "the database went back to an earlier state; this verifier must be restarted" : "the store does not take writes";
        }
    }
}
