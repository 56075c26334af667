using System.Collections.Concurrent;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Access;

/// <summary>Notes on which day a token was last used: at most one write a day for each token, and no request waits for it.</summary>
internal sealed class TokenUses(StoreWriter writer, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, long> _days = new();

    public static long DayOf(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / (long)TimeSpan.FromDays(1).TotalMilliseconds;

    public ValueTask NoteAsync(AccessGrant grant, CancellationToken cancellation)
    {
        long day = DayOf(clock.GetUtcNow());
        if (grant.TokenId.Length == 0 || (_days.TryGetValue(grant.TokenId, out long known) && known == day))
        {
            return ValueTask.CompletedTask;
        }

        _days[grant.TokenId] = day;
        return writer.PostAsync(new TokenUseJob(grant.TokenId, day, () => _days.TryRemove(grant.TokenId, out _)), cancellation);
    }
}
