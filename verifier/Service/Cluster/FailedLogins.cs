using System.Collections.Concurrent;

namespace IotAttest.Service.Cluster;

/// <summary>How often somebody may fail to log in as one board: a burst, then one every few seconds; while the budget is spent nobody logs in as it, whatever the password.
/// Kept for enrolled boards only, so never more than those; a login that succeeds forgets the failures.</summary>
internal sealed class FailedLogins
{
    public const int Burst = 20;

    /// <summary>Time after which one attempt more is looked at.</summary>
    public static readonly TimeSpan Each = TimeSpan.FromSeconds(3);

    private static readonly long EachMs = (long)Each.TotalMilliseconds;

    private readonly ConcurrentDictionary<string, long> _until = new(StringComparer.Ordinal);

    /// <summary>True while another attempt is looked at.</summary>
    /// <param name="ueid">An enrolled board.</param>
    /// <param name="nowMs">Milliseconds that never go back.</param>
    public bool MayTry(string ueid, long nowMs) => !_until.TryGetValue(ueid, out long until) || until - nowMs <= EachMs * (Burst - 1);

    public void Failed(string ueid, long nowMs) => _until.AddOrUpdate(ueid, _ => nowMs + EachMs, (_, until) => Math.Max(until, nowMs) + EachMs);

    public void Succeeded(string ueid) => _until.TryRemove(ueid, out _);
}
