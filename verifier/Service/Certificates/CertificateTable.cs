using System.Data.Common;
using Dapper;
using IotAttest.Domain.Certificates;
using IotAttest.Domain.Corim;
using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Service.Certificates;

/// <summary>Certificates in the database.</summary>
internal static class CertificateTable
{
    private const string Select = $"SELECT {CertificateRow.Columns} FROM certificates c JOIN builds b ON b.id = c.build_id";

    public static CertificateRow? Find(DbConnection connection, DbTransaction? transaction, string id) =>
        connection.QuerySingleOrDefault<CertificateRow>($"{Select} WHERE c.id = @id", new { id }, transaction);

    public static CertificateRow? FindByFile(DbConnection connection, DbTransaction? transaction, Sha256Digest file) =>
        connection.QuerySingleOrDefault<CertificateRow>($"{Select} WHERE c.corim_sha256 = @hash", new { hash = file.ToBytes() }, transaction);

    public static byte[] FileOf(DbConnection connection, string id) =>
        connection.QuerySingle<byte[]>("SELECT corim FROM certificates WHERE id = @id", new { id });

    public static List<CertificateRow> List(DbConnection connection, CertificateFilter filter) => connection
        .Query<CertificateRow>(
            $"""
            {Select} WHERE c.rowid > @after AND (@Build IS NULL OR c.build_id = @Build) AND (@Body IS NULL OR c.body = @Body)
              AND (@Scheme IS NULL OR c.scheme = @Scheme) AND (@Manufacturer IS NULL OR b.manufacturer = @Manufacturer)
            ORDER BY c.rowid LIMIT @limit
            """,
            new { after = filter.Paging.Cursor ?? 0, filter.Build, filter.Body, filter.Scheme, filter.Manufacturer, limit = filter.Paging.Limit })
        .AsList();

    public static void Insert(DbConnection connection, DbTransaction transaction, CertificateEndorsement endorsement, SignedCorim signed, byte[] file, string buildId, DateTimeOffset now) => connection.Execute(
        """
        INSERT INTO certificates (id, scheme, level, body, manifest_sha256, build_id, valid_from, valid_until, status, corim, corim_sha256, submitted_at, patch_policy, categories, supersedes, scheme_version)
        VALUES (@CertificateId, @Scheme, @Level, @Issuer, @manifest, @buildId, @validFrom, @validUntil, @status, @file, @hash, @submittedAt, @patchPolicy, @categories, @supersedes, @version)
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
            status = (long)(endorsement.IsProvisional ? CertificateStatus.Provisional : CertificateStatus.Certified),
            file,
            hash = signed.Sha256.ToBytes(),
            submittedAt = now.ToUnixTimeMilliseconds(),
            patchPolicy = endorsement.PatchPolicy.ToString(),
            categories = string.Join(',', endorsement.Categories),
            supersedes = endorsement.Supersedes?.CertificateId,
            version = IssueRules.VersionOf(endorsement, now),
        },
        transaction);

    /// <summary>Keeps what the last decision made of a certificate beside it, where appraisal reads it.</summary>
    public static void SetStatus(DbConnection connection, DbTransaction transaction, string id, CertificateLife life) => connection.Execute(
        "UPDATE certificates SET status = @status, counts_until = @countsUntil WHERE id = @id",
        new { id, status = (long)life.History[^1].Status, countsUntil = life.CountsUntil?.ToUnixTimeMilliseconds() },
        transaction);
}
