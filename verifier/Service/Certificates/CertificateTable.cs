using Dapper;
using IotAttest.Domain.Corim;
using IotAttest.Domain.ReferenceValues;
using IotAttest.Service.Hosting;
using Microsoft.Data.Sqlite;

namespace IotAttest.Service.Certificates;

/// <summary>Certificates and their events in the database. Events are only ever added.</summary>
internal static class CertificateTable
{
    private const string Select = $"SELECT {CertificateRow.Columns} FROM certificates c JOIN builds b ON b.id = c.build_id";

    public static CertificateRow? Find(SqliteConnection connection, SqliteTransaction? transaction, string id) =>
        connection.QuerySingleOrDefault<CertificateRow>($"{Select} WHERE c.id = @id", new { id }, transaction);

    public static CertificateRow? FindByFile(SqliteConnection connection, SqliteTransaction transaction, Sha256Digest file) =>
        connection.QuerySingleOrDefault<CertificateRow>($"{Select} WHERE c.corim_sha256 = @hash", new { hash = file.ToBytes() }, transaction);

    public static byte[] FileOf(SqliteConnection connection, string id) =>
        connection.QuerySingle<byte[]>("SELECT corim FROM certificates WHERE id = @id", new { id });

    public static List<CertificateRow> List(SqliteConnection connection, CertificateFilter filter) => connection
        .Query<CertificateRow>(
            $"""
            {Select} WHERE c.rowid > @after AND (@Build IS NULL OR c.build_id = @Build) AND (@Body IS NULL OR c.body = @Body)
              AND (@Scheme IS NULL OR c.scheme = @Scheme) AND (@Manufacturer IS NULL OR b.manufacturer = @Manufacturer)
            ORDER BY c.rowid LIMIT @limit
            """,
            new { after = filter.Paging.Cursor ?? 0, filter.Build, filter.Body, filter.Scheme, filter.Manufacturer, limit = filter.Paging.Limit })
        .AsList();

    public static void Insert(SqliteConnection connection, SqliteTransaction transaction, CertificateEndorsement endorsement, SignedCorim signed, byte[] file, string buildId, DateTimeOffset now) => connection.Execute(
        """
        INSERT INTO certificates (id, scheme, level, body, manifest_sha256, build_id, valid_from, valid_until, status, corim, corim_sha256, submitted_at)
        VALUES (@CertificateId, @Scheme, @Level, @Issuer, @manifest, @buildId, @validFrom, @validUntil, @status, @file, @hash, @submittedAt)
        """,
        new
        {
            endorsement.CertificateId,
            endorsement.Scheme,
            endorsement.Level,
            endorsement.Issuer,
            manifest = endorsement.ManifestSha256.ToBytes(),
            buildId,
            validFrom = (endorsement.ValidFrom ?? now).ToUnixTimeMilliseconds(),
            validUntil = endorsement.ValidUntil.ToUnixTimeMilliseconds(),
            status = (long)CertificateStatus.Certified,
            file,
            hash = signed.Sha256.ToBytes(),
            submittedAt = now.ToUnixTimeMilliseconds(),
        },
        transaction);

    public static void SetStatus(SqliteConnection connection, SqliteTransaction transaction, string id, CertificateStatus status) =>
        connection.Execute("UPDATE certificates SET status = @status WHERE id = @id", new { id, status = (long)status }, transaction);

    public static void InsertEvent(SqliteConnection connection, SqliteTransaction transaction, string id, CertificateStatus status, string decidedBy, string reason, DateTimeOffset now) => connection.Execute(
        "INSERT INTO certificate_events (certificate_id, at, status, decided_by, reason) VALUES (@id, @at, @status, @decidedBy, @reason)",
        new { id, at = now.ToUnixTimeMilliseconds(), status = (long)status, decidedBy, reason },
        transaction);

    /// <summary>All events, oldest first: a certificate has few.</summary>
    public static List<CertificateEventView> Events(SqliteConnection connection, string id) =>
        [.. connection
            .Query<(long At, long Status, string DecidedBy, string Reason)>("SELECT at, status, decided_by, reason FROM certificate_events WHERE certificate_id = @id ORDER BY seq", new { id })
            .Select(row => new CertificateEventView(UtcText.OfMs(row.At), ((CertificateStatus)row.Status).ToString(), row.DecidedBy, row.Reason))];
}
