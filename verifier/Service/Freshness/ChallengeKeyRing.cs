using System.Security.Cryptography;
using Dapper;
using IotAttest.Domain.Freshness;
using IotAttest.Service.Storage;
using IotAttest.Service.Storage.Sharing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IotAttest.Service.Freshness;

/// <summary>Holds the challenge key in use and rotates it when time cannot be trusted to grow.</summary>
/// <remarks>A spent challenge is recognised by its time alone, so time must grow per key. A new key at every start covers a
/// restored backup and a clock that was set back while the verifier was down; <see cref="MintAsync"/> covers one set back while it runs.
/// A rotation costs outstanding challenges: boards ask again within a second.</remarks>
internal sealed class ChallengeKeyRing(StoreWriter store, SecretBox secrets, TimeProvider clock, ILogger<ChallengeKeyRing> logger) : IHostedService, IStoreFollower, IDisposable
{
    private static readonly byte[] Label = "challenge key"u8.ToArray();

    private readonly SemaphoreSlim _rotating = new(1);
    private ChallengeKey[] _keys = [];
    private long _latestMs;

    /// <summary>The keys whose challenges are taken.</summary>
    public IReadOnlyList<ChallengeKey> Keys => Volatile.Read(ref _keys);

    /// <summary>Makes the key of this run; before it nothing can be minted.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => RotateAsync();

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _rotating.Dispose();

    /// <summary>A challenge for the board with these 17 UEID bytes, durable key first.</summary>
    public async ValueTask<byte[]> MintAsync(ReadOnlyMemory<byte> ueid)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (HasSteppedBack(now))
        {
            logger.ClockSteppedBack(ChallengeCheck.ClockTolerance);
            await RotateAsync();
        }

        return Volatile.Read(ref _keys)[0].Mint(ueid.Span, now);
    }

    /// <summary>Takes over the key that another verifier made: a challenge is one to all verifiers on a store.</summary>
    public void Follow(StoreChanges changes)
    {
        if (changes.Kinds.Contains("challenge_keys"))
        {
            (long id, byte[] wrapped) = changes.Connection.QuerySingle<(long, byte[])>("SELECT id, secret FROM challenge_keys ORDER BY id DESC LIMIT 1", transaction: changes.Transaction);
            Volatile.Write(ref _keys, [new ChallengeKey(id, secrets.Unwrap(wrapped, Label))]);
        }
    }

    private bool HasSteppedBack(DateTimeOffset now)
    {
        long nowMs = now.ToUnixTimeMilliseconds();
        long latestMs = Interlocked.Read(ref _latestMs);
        if (nowMs > latestMs)
        {
            Interlocked.Exchange(ref _latestMs, nowMs);
        }

        return nowMs < latestMs - (long)ChallengeCheck.ClockTolerance.TotalMilliseconds;
    }

    private async Task RotateAsync()
    {
        await _rotating.WaitAsync();
        try
        {
            byte[] secret = RandomNumberGenerator.GetBytes(ChallengeKey.SecretBytes);
            byte[] wrapped = secrets.Wrap(secret, Label);
            long createdAt = clock.GetUtcNow().ToUnixTimeMilliseconds();

            // Put in force on the writer thread: a later key of another verifier must not be overwritten by this one.
            await store.ExecuteAsync(
                (connection, transaction) =>
                {
                    connection.Execute("DELETE FROM challenge_keys", transaction: transaction);
                    return connection.ExecuteScalar<long>(
                        "INSERT INTO challenge_keys (secret, created_at) VALUES (@wrapped, @createdAt) RETURNING id", new { wrapped, createdAt }, transaction);
                },
                id => Volatile.Write(ref _keys, [new ChallengeKey(id, secret)]));
            Interlocked.Exchange(ref _latestMs, createdAt);
        }
        finally
        {
            _rotating.Release();
        }
    }
}
