using System.Data.Common;
using Dapper;
using IotAttest.Domain.Advisories;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Advisories;

/// <summary>Advisories in the database: a row for each revision.</summary>
internal static class AdvisoryTable
{
    // Published, or the caller's own.
    private const string Visible = "(a.state = 1 OR a.embargo_until IS NULL OR a.embargo_until <= @now OR @SeesAll = 1 OR a.importer = @Organisation)";

    private const string VisibleLater = "(x.state = 1 OR x.embargo_until IS NULL OR x.embargo_until <= @now OR @SeesAll = 1 OR x.importer = @Organisation)";

    /// <summary>The newest revision of a document that this importer brought.</summary>
    public static AdvisoryRow? FindDocument(DbConnection connection, DbTransaction transaction, string importer, Advisory advisory) => connection.QueryFirstOrDefault<AdvisoryRow>(
        $"SELECT {AdvisoryRow.Columns} FROM advisories a WHERE a.importer = @importer AND a.issuer = @Issuer AND a.document_id = @DocumentId ORDER BY a.revision DESC LIMIT 1",
        new { importer, advisory.Issuer, advisory.DocumentId },
        transaction);

    public static bool IsTaken(DbConnection connection, DbTransaction transaction, string id) =>
        connection.ExecuteScalar<long>("SELECT COUNT(*) FROM advisories WHERE id = @id", new { id }, transaction) > 0;

    /// <summary>The newest revision that may be seen, or the one that is asked for.</summary>
    public static AdvisoryRow? Find(DbConnection connection, string id, long? revision, AdvisorySight sight, long now) => connection.QueryFirstOrDefault<AdvisoryRow>(
        $"SELECT {AdvisoryRow.Columns} FROM advisories a WHERE a.id = @id AND (@revision IS NULL OR a.revision = @revision) AND {Visible} ORDER BY a.revision DESC LIMIT 1",
        new { id, revision, now, sight.SeesAll, sight.Organisation });

    public static List<AdvisoryRow> Revisions(DbConnection connection, string id, AdvisorySight sight, long now) => connection
        .Query<AdvisoryRow>($"SELECT {AdvisoryRow.Columns} FROM advisories a WHERE a.id = @id AND {Visible} ORDER BY a.revision", new { id, now, sight.SeesAll, sight.Organisation })
        .AsList();

    /// <summary>The newest revision of each that may be seen, oldest import first.</summary>
    public static List<AdvisoryRow> List(DbConnection connection, string? build, AdvisorySight sight, long now, Paging paging) => connection
        .Query<AdvisoryRow>(
            $"""
            SELECT {AdvisoryRow.Columns} FROM advisories a
            WHERE a.seq > @after AND {Visible}
                AND a.seq = (SELECT max(x.seq) FROM advisories x WHERE x.id = a.id AND {VisibleLater})
                AND (@build IS NULL OR EXISTS (SELECT 1 FROM advisory_matches m WHERE m.build_id = @build AND m.advisory_seq = a.seq AND m.certainty = 2))
            ORDER BY a.seq LIMIT @Limit
            """,
            new { after = paging.Cursor ?? 0, build, now, sight.SeesAll, sight.Organisation, paging.Limit })
        .AsList();

    public static byte[] FileOf(DbConnection connection, DbTransaction? transaction, long seq) =>
        connection.QuerySingle<byte[]>("SELECT file FROM advisories WHERE seq = @seq", new { seq }, transaction);

    /// <summary>Revisions that count, or will when their embargo ends.</summary>
    public static List<AdvisoryRow> Alive(DbConnection connection, DbTransaction transaction, string manufacturer) => connection
        .Query<AdvisoryRow>($"SELECT {AdvisoryRow.Columns} FROM advisories a WHERE a.state < 2 AND (a.scope IS NULL OR a.scope = @manufacturer) ORDER BY a.seq", new { manufacturer }, transaction)
        .AsList();

    /// <summary>Revisions whose embargo has ended and that are not in force yet.</summary>
    public static List<AdvisoryRow> Due(DbConnection connection, DbTransaction? transaction, long now) => connection
        .Query<AdvisoryRow>($"SELECT {AdvisoryRow.Columns} FROM advisories a WHERE a.state = 0 AND a.embargo_until <= @now ORDER BY a.seq", new { now }, transaction)
        .AsList();

    public static long Insert(DbConnection connection, DbTransaction transaction, AdvisoryRow row, byte[] file) => connection.ExecuteScalar<long>(
        """
        INSERT INTO advisories (id, revision, state, importer, scope, format, document_id, issuer, publisher, version, title, severity, withdrawn, published_at, updated_at, imported_at, embargo_until, file, sha256)
        VALUES (@Id, @Revision, @State, @Importer, @Scope, @Format, @DocumentId, @Issuer, @Publisher, @Version, @Title, @Severity, @Withdrawn, @PublishedAt, @UpdatedAt, @ImportedAt, @EmbargoUntil, @file, @Sha256)
        RETURNING seq
        """,
        new
        {
            row.Id,
            row.Revision,
            row.State,
            row.Importer,
            row.Scope,
            row.Format,
            row.DocumentId,
            row.Issuer,
            row.Publisher,
            row.Version,
            row.Title,
            row.Severity,
            row.Withdrawn,
            row.PublishedAt,
            row.UpdatedAt,
            row.ImportedAt,
            row.EmbargoUntil,
            file,
            row.Sha256,
        },
        transaction);

    /// <summary>A revision that waited is overtaken by a newer one.</summary>
    public static void ReplaceWaiting(DbConnection connection, DbTransaction transaction, string id, long revision) => connection.Execute(
        "UPDATE advisories SET state = 2 WHERE id = @id AND revision < @revision AND state = 0", new { id, revision }, transaction);

    /// <summary>Puts a revision in force in the place of the one before.</summary>
    /// <returns>The builds that the one before spoke of.</returns>
    public static List<string> Release(DbConnection connection, DbTransaction transaction, AdvisoryRow row, long seq, long now)
    {
        object key = new { row.Id, row.Revision, seq, now };
        List<string> builds = connection
            .Query<string>("SELECT DISTINCT m.build_id FROM advisory_matches m JOIN advisories a ON a.seq = m.advisory_seq WHERE a.id = @Id AND a.state = 1", key, transaction)
            .AsList();
        connection.Execute("UPDATE advisories SET state = 2 WHERE id = @Id AND revision < @Revision AND state < 2", key, transaction);
        connection.Execute("UPDATE advisories SET state = 1 WHERE seq = @seq", key, transaction);
        connection.Execute("INSERT INTO advisory_releases (advisory_seq, at) VALUES (@seq, @now)", key, transaction);
        return builds;
    }
}
