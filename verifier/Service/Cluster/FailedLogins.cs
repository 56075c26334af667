using System.Collections.Concurrent;

namespace IotAttest.Service.Cluster;

/// <summary>How often somebody may fail to log in as one board: a burst, then one every few seconds; while the budget is spent nobody logs in as it, whatever the password.
/// Kept for enrolled boards only, so never more than those; a login that succeeds forgets the failures.</summary>
internal sealed class FailedLogins(TimeProvider clock)
{
    public const int Burst = 20;

    private static readonly TimeSpan Each = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, long> _until = new(StringComparer.Ordinal);

    /// <summary>True while another attempt is looked at.</summary>
    public bool MayTry(string ueid) => !_until.TryGetValue(ueid, out long until) || until - NowMs() <= (long)(Each * (Burst - 1)).TotalMilliseconds;

    public void Failed(string ueid)
    {
        long now = NowMs();
        _until.AddOrUpdate(ueid, _ => now + (long)Each.TotalMilliseconds, (_, until) => Math.Max(until, now) + (long)Each.TotalMilliseconds);
    }

    public void Succeeded(string ueid) => _until.TryRemove(ueid, out _);

    private long NowMs() => (long)clock.GetElapsedTime(0).TotalMilliseconds;
}
