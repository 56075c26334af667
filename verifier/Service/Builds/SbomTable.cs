using System.Data.Common;
using System.Text.Json;
using Dapper;
using IotAttest.Domain.Sbom;
using IotAttest.Service.Hosting;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Builds;

/// <summary>Bills of materials in the database: the file as it came, and an index over its components.</summary>
internal static class SbomTable
{
    public static bool Exists(DbConnection connection, DbTransaction? transaction, string buildId) =>
        connection.ExecuteScalar<long>("SELECT COUNT(*) FROM build_sboms WHERE build_id = @buildId", new { buildId }, transaction) > 0;

    public static SbomSummary? SummaryOf(DbConnection connection, string buildId) => connection
        .Query<(string Format, long Components, long UploadedAt)>("SELECT format, components, uploaded_at FROM build_sboms WHERE build_id = @buildId", new { buildId })
        .Select(row => new SbomSummary(row.Format, row.Components, UtcText.OfMs(row.UploadedAt)))
        .FirstOrDefault();

    public static byte[]? FileOf(DbConnection connection, string buildId) =>
        connection.QuerySingleOrDefault<byte[]>("SELECT file FROM build_sboms WHERE build_id = @buildId", new { buildId });

    public static void Insert(DbConnection connection, DbTransaction transaction, string buildId, SbomDocument sbom, byte[] file, long now)
    {
        connection.Execute(
            "INSERT INTO build_sboms (build_id, format, file, components, uploaded_at) VALUES (@buildId, @Format, @file, @Count, @now)",
            new { buildId, sbom.Format, file, sbom.Components.Count, now },
            transaction);
        connection.Execute(
            "INSERT INTO sbom_components (build_id, name, version, purl, type, hashes) VALUES (@buildId, @Name, @Version, @Purl, @Type, @hashes)",
            sbom.Components.Select(component => new { buildId, component.Name, component.Version, component.Purl, component.Type, hashes = JsonSerializer.Serialize(component.Hashes) }),
            transaction);
    }

    /// <summary>Components of this name, in the order of submission of their builds.</summary>
    /// <param name="connection">The store.</param>
    /// <param name="name">The name; letters of ASCII compare without case.</param>
    /// <param name="manufacturer">Whose builds; null for all.</param>
    /// <param name="limit">Most rows.</param>
    public static IEnumerable<SbomMatchRow> Find(DbConnection connection, string name, string? manufacturer, int limit) => connection.Query<SbomMatchRow>(
        """
        SELECT b.id AS BuildId, b.manufacturer, c.name, c.version, c.purl, c.type
        FROM sbom_components c JOIN builds b ON b.id = c.build_id
        WHERE lower(c.name) = @name AND (@manufacturer IS NULL OR b.manufacturer = @manufacturer)
        ORDER BY b.rowid, c.id LIMIT @limit
        """,
        new { name = AsciiText.ToLower(name), manufacturer, limit },
        buffered: false);
}
