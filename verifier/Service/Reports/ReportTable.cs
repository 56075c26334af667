using System.Data.Common;
using Dapper;
using IotAttest.Domain.Corim;

namespace IotAttest.Service.Reports;

/// <summary>Reports in the database: rows are added, never changed.</summary>
internal static class ReportTable
{
    private const string Columns = "sha256, attached_by AS AttachedBy, role, at, target, tool_version AS ToolVersion, pass, fail, not_applicable AS NotApplicable";

    public static List<ReportView> List(DbConnection connection, string buildId) =>
        [.. connection.Query<ReportRow>($"SELECT {Columns} FROM build_reports WHERE build_id = @buildId ORDER BY seq", new { buildId }).Select(row => row.ToView())];

    public static ReportRow? Find(DbConnection connection, DbTransaction transaction, string buildId, Sha256Digest digest, string attachedBy) => connection.QuerySingleOrDefault<ReportRow>(
        $"SELECT {Columns} FROM build_reports WHERE build_id = @buildId AND sha256 = @sha256 AND attached_by = @attachedBy", new { buildId, sha256 = digest.ToBytes(), attachedBy }, transaction);

    public static long CountOf(DbConnection connection, DbTransaction transaction, string buildId, string attachedBy) =>
        connection.ExecuteScalar<long>("SELECT COUNT(*) FROM build_reports WHERE build_id = @buildId AND attached_by = @attachedBy", new { buildId, attachedBy }, transaction);

    public static byte[]? FileOf(DbConnection connection, Sha256Digest digest) =>
        connection.QuerySingleOrDefault<byte[]>("SELECT file FROM reports WHERE sha256 = @sha256", new { sha256 = digest.ToBytes() });

    /// <summary>True when this body issued a certificate for the build, in force or not.</summary>
    public static bool HasCertified(DbConnection connection, DbTransaction transaction, string buildId, string body) =>
        connection.ExecuteScalar<long>("SELECT COUNT(*) FROM certificates WHERE build_id = @buildId AND body = @body", new { buildId, body }, transaction) > 0;

    public static void Insert(DbConnection connection, DbTransaction transaction, string buildId, byte[] file, ReportRow row)
    {
        byte[] sha256 = row.Sha256;
        connection.Execute("INSERT INTO reports (sha256, file) VALUES (@sha256, @file) ON CONFLICT (sha256) DO NOTHING", new { sha256, file }, transaction);
        connection.Execute(
            """
            INSERT INTO build_reports (build_id, sha256, attached_by, role, at, target, tool_version, pass, fail, not_applicable)
            VALUES (@buildId, @sha256, @AttachedBy, @Role, @At, @Target, @ToolVersion, @Pass, @Fail, @NotApplicable)
            """,
            new { buildId, sha256, row.AttachedBy, row.Role, row.At, row.Target, row.ToolVersion, row.Pass, row.Fail, row.NotApplicable },
            transaction);
    }
}
