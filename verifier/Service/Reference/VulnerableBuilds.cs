using System.Collections.Immutable;
using System.Data.Common;
using Dapper;

namespace IotAttest.Service.Reference;

/// <summary>Which advisories mark which builds affected, as of the last commit.</summary>
internal static class VulnerableBuilds
{
    private const char Separator = '\n';

    /// <summary>Advisories by build; a build that is not affected is not in it.</summary>
    public static Dictionary<string, ImmutableArray<string>> Of(DbConnection connection, DbTransaction? transaction, string manufacturer) => connection
        .Query<(string Build, string Advisory)>(
            "SELECT v.build_id, v.advisory_id FROM vulnerable_builds v JOIN builds b ON b.id = v.build_id WHERE b.manufacturer = @manufacturer", new { manufacturer }, transaction)
        .GroupBy(row => row.Build, row => row.Advisory)
        .ToDictionary(group => group.Key, group => group.Order(StringComparer.Ordinal).ToImmutableArray());

    /// <summary>In ordinal order.</summary>
    public static ImmutableArray<string> OfBuild(DbConnection connection, DbTransaction? transaction, string build) =>
        [.. connection.Query<string>("SELECT advisory_id FROM vulnerable_builds WHERE build_id = @build", new { build }, transaction).Order(StringComparer.Ordinal)];

    /// <summary>Replaces the advisories of a build and keeps on record that they changed.</summary>
    public static void Replace(DbConnection connection, DbTransaction transaction, string build, ImmutableArray<string> advisories, IEnumerable<string> vulnerabilities, long now)
    {
        connection.Execute("DELETE FROM vulnerable_builds WHERE build_id = @build", new { build }, transaction);
        connection.Execute("INSERT INTO vulnerable_builds (build_id, advisory_id) VALUES (@build, @advisory)", advisories.Select(advisory => new { build, advisory }), transaction);
        connection.Execute(
            "INSERT INTO build_vulnerability_changes (build_id, at, advisories, vulnerabilities) VALUES (@build, @now, @advisories, @vulnerabilities)",
            new { build, now, advisories = string.Join(Separator, advisories), vulnerabilities = string.Join(Separator, vulnerabilities) },
            transaction);
    }

    /// <summary>The words of a column of a change.</summary>
    public static string[] Words(string column) => column.Split(Separator, StringSplitOptions.RemoveEmptyEntries);
}
