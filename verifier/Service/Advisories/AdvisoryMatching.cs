using System.Collections.Immutable;
using System.Data.Common;
using Dapper;
using IotAttest.Domain.Advisories;
using IotAttest.Service.Problems;
using IotAttest.Service.Reference;

namespace IotAttest.Service.Advisories;

/// <summary>Works out which builds an advisory is about, and what follows for them. Everything happens in the transaction of the change that makes it
/// necessary: no build slips between an advisory and a submission.</summary>
internal sealed class AdvisoryMatching(AdvisoryCache cache)
{
    /// <summary>An advisory that fits more builds than this says nothing.</summary>
    private const int MaxMatches = 200_000;

    /// <summary>Compares a new revision with all builds in its scope.</summary>
    /// <exception cref="ProblemException">It is about too much.</exception>
    public static void MatchAdvisory(DbConnection connection, DbTransaction transaction, long seq, long importedAt, Advisory advisory, string? scope)
    {
        int count = 0;
        foreach (BuildSubject build in SubjectSource.Candidates(connection, transaction, advisory, scope).ToList())
        {
            StatementMatch[] matches = [.. AdvisoryMatcher.Match(advisory, build)];
            count += matches.Length;
            if (count > MaxMatches)
            {
                throw Refuse.Unacceptable("TooBroad", $"statements that fit more than {MaxMatches} times", "products that are named more closely", "Name versions, or split the advisory.");
            }

            MatchTable.Insert(connection, transaction, seq, importedAt, build.Id.ToString(), matches);
        }
    }

    /// <summary>Compares a build that is new, or whose components are, with all advisories that count.</summary>
    /// <returns>The ids of the advisories that mark it affected.</returns>
    public ImmutableArray<string> MatchBuild(DbConnection connection, DbTransaction transaction, string build, string manufacturer, long now)
    {
        MatchTable.Forget(connection, transaction, build);
        BuildSubject subject = SubjectSource.Of(connection, transaction, build);
        foreach (AdvisoryRow row in AdvisoryTable.Alive(connection, transaction, manufacturer))
        {
            MatchTable.Insert(connection, transaction, row.Seq, row.ImportedAt, build, AdvisoryMatcher.Match(cache.Get(connection, transaction, row.Seq), subject));
        }

        RefreshStanding(connection, transaction, build, now);
        return VulnerableBuilds.OfBuild(connection, transaction, build);
    }

    /// <summary>Weighs again what is said of these builds.</summary>
    /// <returns>The makers of builds for which something changed.</returns>
    public static IReadOnlyCollection<string> Refresh(DbConnection connection, DbTransaction transaction, IEnumerable<string> builds, long now)
    {
        string[] changed = [.. builds.Where(build => RefreshStanding(connection, transaction, build, now))];
        return [.. changed.Select(build => connection.QuerySingle<string>("SELECT manufacturer FROM builds WHERE id = @build", new { build }, transaction)).Distinct()];
    }

    private static bool RefreshStanding(DbConnection connection, DbTransaction transaction, string build, long now)
    {
        ImmutableArray<VulnerabilityStanding> standings = BuildStanding.Of(MatchTable.InForce(connection, transaction, build).Select(row => row.ToMatch()));
        ImmutableArray<string> advisories = BuildStanding.AffectedBy(standings);
        if (VulnerableBuilds.OfBuild(connection, transaction, build).SequenceEqual(advisories))
        {
            return false;
        }

        string[] vulnerabilities = [.. standings.Where(standing => standing.Status == ProductStatus.Affected).Select(standing => standing.Vulnerability)];
        VulnerableBuilds.Replace(connection, transaction, build, advisories, vulnerabilities, now);
        return true;
    }
}
