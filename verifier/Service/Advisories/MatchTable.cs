using System.Data.Common;
using Dapper;
using IotAttest.Domain.Advisories;

namespace IotAttest.Service.Advisories;

/// <summary>Which statements are about which builds, in the database.</summary>
internal static class MatchTable
{
    private const string Columns = "a.id AS Advisory, m.build_id AS BuildId, m.vulnerability, m.status, m.certainty, m.level, m.product, m.component, m.why, m.reason, m.at";

    /// <param name="connection">The store.</param>
    /// <param name="transaction">The change at hand.</param>
    /// <param name="seq">The revision.</param>
    /// <param name="importedAt">When it came: a statement from the future would win over all that are said until then, so it counts from here.</param>
    /// <param name="build">The build.</param>
    /// <param name="matches">The statements.</param>
    public static void Insert(DbConnection connection, DbTransaction transaction, long seq, long importedAt, string build, IEnumerable<StatementMatch> matches) => connection.Execute(
        """
        INSERT INTO advisory_matches (advisory_seq, build_id, vulnerability, status, certainty, level, product, component, why, reason, at)
        VALUES (@seq, @build, @Vulnerability, @status, @certainty, @level, @Product, @Component, @Why, @Reason, @at)
        """,
        matches.Select(match => new
        {
            seq,
            build,
            match.Vulnerability,
            status = (long)match.Status,
            certainty = (long)match.Match.Certainty,
            level = (long)match.Match.Level,
            match.Product,
            match.Match.Component,
            match.Match.Why,
            match.Reason,
            at = Math.Min(match.At.ToUnixTimeMilliseconds(), importedAt),
        }),
        transaction);

    /// <summary>Forgets what was worked out for a build from revisions that still count.</summary>
    public static void Forget(DbConnection connection, DbTransaction transaction, string build) => connection.Execute(
        "DELETE FROM advisory_matches WHERE build_id = @build AND advisory_seq IN (SELECT seq FROM advisories WHERE state < 2)", new { build }, transaction);

    /// <summary>What all advisories in force say of a build.</summary>
    public static List<MatchRow> InForce(DbConnection connection, DbTransaction? transaction, string build) => connection
        .Query<MatchRow>($"SELECT {Columns} FROM advisory_matches m JOIN advisories a ON a.seq = m.advisory_seq WHERE m.build_id = @build AND a.state = 1 ORDER BY m.id", new { build }, transaction)
        .AsList();

    /// <summary>The builds that a revision speaks of.</summary>
    public static List<string> BuildsOf(DbConnection connection, DbTransaction transaction, long seq) =>
        connection.Query<string>("SELECT DISTINCT build_id FROM advisory_matches WHERE advisory_seq = @seq", new { seq }, transaction).AsList();

    /// <summary>The statements of a revision that are about builds, in the order of the builds' submission.</summary>
    public static List<MatchRow> Of(DbConnection connection, long seq, int limit) => connection
        .Query<MatchRow>(
            $"SELECT {Columns} FROM advisory_matches m JOIN advisories a ON a.seq = m.advisory_seq JOIN builds b ON b.id = m.build_id WHERE m.advisory_seq = @seq ORDER BY b.rowid, m.id LIMIT @limit",
            new { seq, limit })
        .AsList();
}
