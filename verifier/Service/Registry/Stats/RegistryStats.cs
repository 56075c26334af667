using System.Data.Common;
using Dapper;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Service.Hosting;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Registry.Stats;

/// <summary>Counts the registry, at most every few seconds: many readers share one pass.</summary>
internal sealed class RegistryStats(Database database, RegistryChanges changes, LiveConformity live, TimeProvider clock)
{
    /// <summary>How far back changes are counted.</summary>
    public static readonly TimeSpan Recent = TimeSpan.FromDays(30);

    private readonly Lock _gate = new();
    private (DateTimeOffset At, StatsView View)? _last;

    public StatsView Read()
    {
        DateTimeOffset now = clock.GetUtcNow();
        lock (_gate)
        {
            if (_last is not { } last || now - last.At is not { Ticks: >= 0 } age || age >= LiveConformity.Age)
            {
                _last = (now, Count(now));
            }

            return _last.Value.View;
        }
    }

    private StatsView Count(DateTimeOffset now)
    {
        using DbConnection connection = database.Open();
        return new StatsView(UtcText.Of(now), CertificatesOf(SearchTable.Groups(connection, SearchQuery.Everything, now)), BuildsOf(connection), ChangesSince(now - Recent), live.Totals());
    }

    private static CertificateStats CertificatesOf(List<SearchGroup> groups) => new(
        groups.Sum(group => group.Count),
        groups.GroupBy(group => ((CertificateStatus)group.Status).ToString()).OrderBy(status => status.Key, StringComparer.Ordinal).ToDictionary(status => status.Key, Sum),
        [
            .. groups.GroupBy(group => (group.Scheme, group.Level))
                .OrderBy(level => level.Key)
                .Select(level => new SchemeStats(level.Key.Scheme, level.Key.Level, Sum(level), Sum(level.Where(group => group.Status == (long)CertificateStatus.Certified)))),
        ]);

    private static long Sum(IEnumerable<SearchGroup> groups) => groups.Sum(group => group.Count);

    private static BuildStats BuildsOf(DbConnection connection)
    {
        (long total, long superseded, long retired) = connection.QuerySingle<(long, long, long)>("SELECT count(*), count(superseded_by), count(retired_at) FROM builds");
        return new BuildStats(total, superseded, retired);
    }

    private ChangeStats ChangesSince(DateTimeOffset since)
    {
        IReadOnlyDictionary<string, long> byType = changes.CountSince(since);
        return new ChangeStats(UtcText.Of(since), byType.Values.Sum(), byType);
    }
}
